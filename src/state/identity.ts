import { createHash } from 'node:crypto';
import { exactText } from '../plan/graph.js';
import type { PassNumber, Plan } from '../plan/plan.js';
import { scenarioHash } from '../result/manifest.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { engineVersion } from '../version.js';
import { firstDifference } from './differences.js';

/** All that counts depend on, beside the blocks counted: two states with equal identities can be merged. */
export interface RunIdentity {
  readonly engine_version: string;
  /** Name of the kernel that draws: kernels differ in the last digits. */
  readonly kernel: string;
  readonly scenario: string;
  readonly seed: string;
  readonly samples: number;
  readonly pass: PassNumber;
  readonly scenario_hash: string;
  /** SHA-256 of the pass's plan; for blends it also says which models are pooled and where they are trimmed. */
  readonly plan_hash: string;
}

/** @param kernel the name of the engine that draws */
export function identityOf(scenario: ResolvedScenario, plan: Plan, kernel: string): RunIdentity {
  const { name, seed, samples } = scenario;
  return {
    engine_version: engineVersion(),
    kernel,
    scenario: name,
    seed,
    samples,
    pass: plan.pass,
    scenario_hash: scenarioHash(scenario),
    plan_hash: createHash('sha256').update(exactText(plan)).digest('hex'),
  };
}

const NAMES: Readonly<Record<keyof RunIdentity, string>> = {
  engine_version: 'version of tokenjoule',
  kernel: 'kernel',
  scenario: 'scenario name',
  seed: 'seed',
  samples: 'samples',
  pass: 'pass',
  scenario_hash: 'scenario',
  plan_hash: 'plan',
};

/**
 * What differs first, `seed: "a" there, "b" here`; undefined if nothing does. The scenarios, where known, serve to name the key
 * behind two hashes.
 */
export function identityDifference(
  there: RunIdentity,
  here: RunIdentity,
  scenarioThere?: unknown,
  scenarioHere?: unknown,
): string | undefined {
  const key = (Object.keys(NAMES) as (keyof RunIdentity)[]).find((key) => there[key] !== here[key]);
  if (key === undefined) return undefined;
  const named = key === 'scenario_hash' && scenarioThere ? firstDifference(scenarioThere, scenarioHere) : undefined;
  return named ?? `${NAMES[key]}: ${JSON.stringify(there[key])} there, ${JSON.stringify(here[key])} here`;
}
