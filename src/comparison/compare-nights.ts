import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../errors.js';
import { MANIFEST } from '../result/manifest.js';
import type { Comparison } from './compare.js';
import { compareSummaries, type Summary } from './compare-results.js';
import { readNight } from './read-nights.js';
import { type NightRun, type Trend, trendOf } from './trend.js';

/** Two folders of runs against each other. */
export interface NightsComparison extends Comparison {
  /** The two as nights, B the last: what moved, with what has changed in scenario, data and version. */
  readonly trend: Trend;
}

/** Whether a folder is not itself a run's (this file needs Node). */
export async function isNight(folder: string): Promise<boolean> {
  return access(join(folder, MANIFEST)).then(
    () => false,
    () => true,
  );
}

/**
 * Compares every run of folder A with that of the same name in folder B, not paired, as `compareResults` does two.
 *
 * @throws InputError for a folder without runs, a run that is damaged, and two folders that have no scenario in common
 */
export async function compareNights(a: string, b: string): Promise<NightsComparison> {
  const [before, last] = await Promise.all([runsIn(a), runsIn(b)]);
  const common = [...before.keys()].filter((name) => last.has(name));
  if (common.length === 0) fail(b, `has no scenario that ${a} has, too`);
  const pairs = common.map((name) => {
    const [one, other] = [before, last].map((runs) => summaryOf(runs.get(name)));
    return compareSummaries(one, other, join(a, name), join(b, name));
  });
  return {
    compare: pairs.flatMap(({ compare }) => compare),
    attribution: [],
    quantiles: [],
    notes: [...new Set(pairs.flatMap(({ notes }) => notes))],
    trend: trendOf([
      { name: nameOf(a, b), runs: before },
      { name: nameOf(b, a), runs: last },
    ]),
  };
}

/** The folder's own name, or its whole path where the other has the same. */
function nameOf(folder: string, other: string): string {
  return basename(folder) === basename(other) ? folder : basename(folder);
}

async function runsIn(folder: string): Promise<ReadonlyMap<string, NightRun>> {
  const runs = await readNight(folder);
  if (runs.size > 0) return runs;
  return fail(folder, 'is neither a run nor a folder of runs: give what run --out DIR wrote, DIR or DIR/<scenario>');
}

function summaryOf(run: NightRun | undefined): Summary {
  if (run === undefined) throw new RangeError('a scenario in common has a run in both');
  return { rows: run.summary, metadata: { 'tokenjoule.engine_version': run.origin.engine_version } };
}

function fail(file: string, message: string): never {
  throw new InputError([{ file, key: '', message }]);
}
