import { createHash } from 'node:crypto';
import { cpus, totalmem } from 'node:os';
import { integrates } from '../random/sampler.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { WrittenFile } from '../tables/output-folder.js';
import { FORMAT_VERSION } from '../tables/schema.js';
import { engineVersion } from '../version.js';
import type { PrecisionReached } from './precision-reached.js';

/** How a run went: what may differ from run to run and so is in no table. */
export interface RunFacts {
  readonly kernel: string;
  readonly workers: number;
  readonly started: Date;
  readonly seconds: number;
  readonly notes: readonly string[];
  readonly precision?: PrecisionReached;
  readonly written?: Written | undefined;
  /** The scenario before a precision chose its samples. */
  readonly asked: ResolvedScenario;
}

/** Where a scenario was written, and what was said over its file. */
export interface Written {
  /** Path as it was given. */
  readonly file: string;
  /** Values that replaced the file's, as `--set` takes them. */
  readonly set: readonly string[];
}

/** Everything needed to tell where a result came from and to make it again (this file needs Node). */
export interface Manifest {
  readonly format_version: number;
  readonly engine_version: string;
  readonly scenario_hash: string;
  /** That of the scenario as it was asked for, where a precision has chosen the samples. */
  readonly asked_hash?: string;
  /** That with what makes worlds, where the scenario asks for some. */
  readonly worlds_hash?: string;
  readonly seed: string;
  readonly scenario: ResolvedScenario;
  /** Absent where no file was run. */
  readonly written?: Written;
  readonly notes: readonly string[];
  /** How a run to a precision went; `scenario` is the plain one with the samples that it used. */
  readonly precision?: PrecisionReached;
  readonly kernel: string;
  readonly workers: number;
  readonly started: string;
  readonly seconds: number;
  /** Draws per second over all models and regimes, second pass not counted; 0 of what is integrated. */
  readonly samples_per_second: number;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memory_gib: number;
    readonly platform: string;
    readonly node: string;
  };
  readonly files: readonly WrittenFile[];
}

/** The file that says where a run's tables came from, written last. */
export const MANIFEST = 'manifest.json';

/** Whether what a file says is a run's manifest, as far as those need it who keep or follow results. */
export function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'files' in value && Array.isArray(value.files);
}

export function manifestOf(scenario: ResolvedScenario, facts: RunFacts, files: readonly WrittenFile[]): Manifest {
  const draws = scenario.samples * scenario.models.length * scenario.regimes.length;
  return {
    format_version: FORMAT_VERSION,
    engine_version: engineVersion(),
    scenario_hash: scenarioHash(scenario),
    ...(facts.precision && { asked_hash: scenarioHash(facts.asked) }),
    ...(facts.asked.uncertainty && { worlds_hash: worldsHash(facts.asked) }),
    seed: scenario.seed,
    scenario,
    ...(facts.written && { written: facts.written }),
    notes: facts.notes,
    ...(facts.precision && { precision: facts.precision }),
    kernel: facts.kernel,
    workers: facts.workers,
    started: facts.started.toISOString(),
    seconds: facts.seconds,
    samples_per_second: integrates(scenario.sampler) ? 0 : draws / facts.seconds,
    machine: machine(),
    files,
  };
}

/**
 * SHA-256 of the resolved scenario, its dataset's hash included: equal hashes and versions give equal tables. Expectations
 * are left out, as no table holds them, and what makes worlds, of which only their own tables know.
 */
export function scenarioHash(scenario: ResolvedScenario): string {
  return hashOf({ ...scenario, expect: undefined, uncertainty: undefined, shared: undefined });
}

/** The same with what makes worlds: equal hashes give equal tables of worlds. */
export function worldsHash(scenario: ResolvedScenario): string {
  return hashOf({ ...scenario, expect: undefined });
}

function hashOf(scenario: object): string {
  return createHash('sha256').update(JSON.stringify(scenario)).digest('hex');
}

/** What every table of a run carries in its schema metadata, beside the contract's own keys. */
export function tableMetadata(scenario: ResolvedScenario): Record<string, string> {
  return {
    'tokenjoule.engine_version': engineVersion(),
    'tokenjoule.scenario': scenario.name,
    'tokenjoule.scenario_hash': scenarioHash(scenario),
    'tokenjoule.seed': scenario.seed,
  };
}

/** The machine that runs this. */
export function machine(): Manifest['machine'] {
  const processors = cpus();
  return {
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  };
}
