import { machine } from '../result/manifest.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { ResolvedSweep } from '../scenario/sweep-from-text.js';
import type { WrittenFile } from '../tables/output-folder.js';
import { FORMAT_VERSION } from '../tables/schema.js';
import { engineVersion } from '../version.js';

/** How a sweep went: what may differ from run to run and so is in no table. */
export interface SweepFacts {
  readonly workers: number;
  readonly started: Date;
  readonly seconds: number;
  readonly cells: readonly {
    readonly labels: readonly (string | number)[];
    readonly key: string;
    readonly reused: boolean;
  }[];
  readonly notes: readonly string[];
}

/** What `sweep.json` says: where a sweep came from, and the address of each cell (this file needs Node). */
export interface SweepManifest {
  readonly format_version: number;
  readonly engine_version: string;
  /** Hash and text of the scenario without swept values. */
  readonly scenario_hash: string;
  readonly scenario: ResolvedScenario;
  readonly swept: readonly string[];
  readonly cells: SweepFacts['cells'];
  readonly notes: readonly string[];
  readonly workers: number;
  readonly started: string;
  readonly seconds: number;
  readonly machine: ReturnType<typeof machine>;
  readonly files: readonly WrittenFile[];
}

export function sweepManifest(
  { base, keys }: ResolvedSweep,
  hash: string,
  { workers, started, seconds, cells, notes }: SweepFacts,
  files: readonly WrittenFile[],
): SweepManifest {
  return {
    format_version: FORMAT_VERSION,
    engine_version: engineVersion(),
    scenario_hash: hash,
    scenario: base,
    swept: keys,
    cells: cells.map(({ labels, key, reused }) => ({ labels, key, reused })),
    notes,
    workers,
    started: started.toISOString(),
    seconds,
    machine: machine(),
    files,
  };
}
