import { sketchesOf } from '../engine/draw-range.js';
import { REFERENCE_ENGINE } from '../engine/reference-engine.js';
import type { PooledModels } from '../plan/plan.js';
import { planModels } from '../plan/plan-models.js';
import { energyBlends } from '../plan/stages.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { ResolvedRegime, ResolvedScenario } from '../scenario/resolved.js';
import type { Job } from '../workers/jobs.js';

/** What an analysis is about: one model, or an untrimmed blend of several, in one regime. */
export interface Subject {
  readonly regime: ResolvedRegime;
  readonly kind: 'model' | 'blend';
  readonly name: string;
  /** Names of the models; one for a model. */
  readonly members: readonly string[];
}

/** Draws by which the blends of highest medians are chosen: enough to know a median to 1 %. */
const CHOICE_BLOCKS = 64;

/** Finds a scenario's subjects, in any thread. */
export const SUBJECTS_JOB: Job<ResolvedScenario, Subject[]> = { name: 'subjects', run: subjectsOf };

/** All models and blends of all regimes. */
export async function subjectsOf(scenario: ResolvedScenario): Promise<Subject[]> {
  const blends = await blendsOf(scenario);
  return scenario.regimes.flatMap((regime) => [
    ...scenario.models.map(({ name }) => ({ regime, kind: 'model', name, members: [name] }) as const),
    ...blends
      .filter((blend) => blend.regime === regime.name)
      .map(
        ({ blend, members }) =>
          ({ regime, kind: 'blend', name: blend, members: members.map(({ model }) => model) }) as const,
      ),
  ]);
}

async function blendsOf(scenario: ResolvedScenario) {
  if (scenario.blends.length === 0) return [];
  const plan = planModels({ ...scenario, non_production: [], samples: CHOICE_BLOCKS * BLOCK_SIZE });
  const sketches = await sketchesOf(plan, { firstBlock: 0, blocks: CHOICE_BLOCKS }, REFERENCE_ENGINE);
  return energyBlends(scenario, { plan, sketches });
}

/** Which models each blend pools, of subjects that are known. */
export function pooledModels(subjects: readonly Subject[]): PooledModels[] {
  return subjects
    .filter(({ kind }) => kind === 'blend')
    .map(({ name: blend, regime, members }) => ({
      ...{ blend, regime: regime.name },
      members: members.map((model) => ({ model })),
    }));
}
