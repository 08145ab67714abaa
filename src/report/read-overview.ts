import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BASELINE } from '../model/pathway.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import { readRowsOf } from '../tables/read.js';
import { SUMMARY } from '../tables/schema.js';
import { UNCERTAINTY } from '../tables/worlds.js';
import { type OverviewRun, overviewRun } from './overview-run.js';
import { readManifest } from './read-manifest.js';

/** Folders read at once: a few hide the time of the disk. */
const AT_ONCE = 8;

/** All that an overview tells of a run. */
const ENERGIES = { metric: 'energy', pathway: BASELINE } as const;

/** The runs in the folders of a folder, by name; none of a folder that holds tables itself, or none at all (this file needs Node). */
export async function runsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const isResult = entries.some(({ name }) => name === 'summary.arrow' || /^sweep(-.+)?\.arrow$/.test(name));
  if (isResult) return [];
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const held = await Promise.all(names.map((name) => isThere(join(folder, name, 'summary.arrow'))));
  return names.filter((_, i) => held[i]).sort();
}

/** What an overview says of each run. @throws InputError for a table or manifest that is damaged or of a newer format */
export async function readOverview(folder: string, names: readonly string[]): Promise<OverviewRun[]> {
  const runs: OverviewRun[] = [];
  for (let first = 0; first < names.length; first += AT_ONCE) {
    const batch = names.slice(first, first + AT_ONCE);
    runs.push(...(await Promise.all(batch.map((name) => readOne(folder, name)))));
  }
  return runs;
}

async function readOne(folder: string, name: string): Promise<OverviewRun> {
  const own = join(folder, name);
  const file = join(own, 'uncertainty.arrow');
  const [manifest, summary, uncertainty, hasReport] = await Promise.all([
    readManifest(join(own, 'manifest.json')),
    readRowsOf(join(own, 'summary.arrow'), SUMMARY, ENERGIES),
    (await isThere(file)) ? readRowsOf(file, UNCERTAINTY, { ...ENERGIES, statistic: 'p50' }) : [],
    isThere(join(own, 'report.html')),
  ]);
  return overviewRun(name, hasReport, {
    manifest,
    summary: ofFirstFormula(summary),
    uncertainty: ofFirstFormula(uncertainty),
  });
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
