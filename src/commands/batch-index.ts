import { relative } from 'node:path';
import type { Verdict } from '../expect/judge.js';
import { scenarioHash } from '../result/manifest.js';
import type { RunReport } from '../run/run.js';
import { writeFiles } from '../tables/output-folder.js';
import { isPlainEnergy } from '../tables/plain-energies.js';
import { engineVersion } from '../version.js';
import type { FailedFile } from './batch.js';
import type { RunState } from './standing-results.js';

/** One scenario of a batch, with what became of it. */
export type BatchRun = RunReport & {
  readonly file: string;
  readonly state: RunState;
  readonly verdicts: readonly Verdict[];
};

/** Name of a batch's index, in the folder that holds its runs. */
export const BATCH_INDEX = 'index.json';

/**
 * Writes what a batch came to into the folder of its results: each scenario's file, hash, state, medians and expectations, and the
 * files that failed.
 *
 * @throws InputError if the folder cannot be written
 */
export async function writeBatchIndex(
  out: string,
  runs: readonly BatchRun[],
  failed: readonly FailedFile[],
  { started, seconds, signal }: { readonly started: Date; readonly seconds: number; readonly signal: AbortSignal },
): Promise<void> {
  const index = {
    engine_version: engineVersion(),
    started: started.toISOString(),
    seconds,
    runs: runs.map((run) => entryOf(out, run)),
    failed,
  };
  await writeFiles(out, [{ name: BATCH_INDEX, content: `${JSON.stringify(index, null, 1)}\n` }], { signal });
}

function entryOf(out: string, { scenario, file, folder, state, seconds, tables, verdicts }: BatchRun) {
  const medians = tables.summary.filter(isPlainEnergy);
  return {
    scenario: scenario.name,
    file,
    folder: relative(out, folder),
    scenario_hash: scenarioHash(scenario),
    state,
    seconds,
    expectations: { held: verdicts.filter(({ holds }) => holds).length, of: verdicts.length },
    medians: medians.map(({ regime, subject_kind, subject, formula, unit, p50, p50_ci_low, p50_ci_high }) => ({
      ...{ regime, subject_kind, subject, formula, unit, p50, p50_ci_low, p50_ci_high },
    })),
  };
}
