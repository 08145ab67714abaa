import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import { sharesBetweenFormulas } from '../result/formula-variance.js';
import type { Row, Table } from '../tables/columns.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import { LOAD } from '../tables/load-hours.js';
import { isPlainEnergy } from '../tables/plain-energies.js';
import { readRowsOf, readTable, rowsWith } from '../tables/read.js';
import { FLEET, HISTOGRAM, INPUTS, SUMMARY, type SummaryRow, THROUGHPUT } from '../tables/schema.js';
import { SENSITIVITY } from '../tables/studies.js';
import { UNCERTAINTY, VARIANCE } from '../tables/worlds.js';
import { readManifest, readSweepManifest } from './read-manifest.js';
import type { RunData, SweepData, SweepTable } from './run-data.js';

/**
 * Reads all that a run, or a sweep alone, left in its folder (this file needs Node).
 *
 * @throws InputError for a folder without tables, and for a table or manifest that is damaged or of a newer format
 */
export async function readResult(folder: string): Promise<RunData | SweepData> {
  const names = await tableNames(folder);
  if (names.includes('summary.arrow')) return readRun(folder, names);
  const table = newestSweep(names)!;
  const file = join(folder, table.replace(/\.arrow$/, '.json'));
  const [manifest, sweep] = await Promise.all([readSweepManifest(file), sweepOf(join(folder, table))]);
  return { folder, manifest, sweep };
}

async function readRun(folder: string, names: readonly string[]): Promise<RunData> {
  const [manifest, summary, histogram, throughput, fleet, inputs, uncertainty, variance, load] = await Promise.all([
    readManifest(join(folder, 'manifest.json')),
    rowsOf(folder, SUMMARY),
    names.includes(`${HISTOGRAM.name}.arrow`) ? rowsOf(folder, HISTOGRAM) : [],
    rowsOf(folder, THROUGHPUT),
    rowsOf(folder, FLEET),
    rowsOf(folder, INPUTS),
    names.includes(`${UNCERTAINTY.name}.arrow`) ? rowsOf(folder, UNCERTAINTY) : [],
    names.includes(`${VARIANCE.name}.arrow`) ? rowsOf(folder, VARIANCE) : [],
    names.includes(`${LOAD.name}.arrow`) ? rowsOf(folder, LOAD) : [],
  ]);
  const sensitivity = names.includes('sensitivity.arrow') ? await rowsOf(folder, SENSITIVITY) : undefined;
  const table = newestSweep(names);
  const sweep = table === undefined ? undefined : await sweepOf(join(folder, table));
  return {
    ...{ folder, manifest, throughput, inputs, load, variance },
    summary: ofFirstFormula(summary),
    uncertainty: ofFirstFormula(uncertainty),
    histogram: ofFirstFormula(histogram),
    fleet: fleet.filter(({ formula }) => formula === fleet[0].formula),
    formulas: energiesByFormula(summary),
    formulaShares: sharesBetweenFormulas(histogram),
    ...(sensitivity && { sensitivity }),
    ...(sweep && { sweep }),
  };
}

function energiesByFormula(summary: readonly SummaryRow[]): SummaryRow[] {
  const energies = summary.filter(isPlainEnergy);
  return ofFirstFormula(energies).length === energies.length ? [] : energies;
}

/** File names of a folder that holds tables. @throws InputError if it holds none */
async function tableNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(({ code, message }: NodeJS.ErrnoException) => {
    const reason =
      code === 'ENOENT' ? 'does not exist' : code === 'ENOTDIR' ? 'is a file' : `cannot be read (${message})`;
    return fail(folder, `${reason}; give a folder that tokenjoule run wrote, e.g. output/oviedo-2026`);
  });
  if (names.includes('summary.arrow') || newestSweep(names) !== undefined) return names;
  return fail(
    folder,
    'holds no tables (no summary.arrow or sweep.arrow); give the folder of one run, e.g. output/oviedo-2026',
  );
}

function rowsOf<T extends Table>(folder: string, table: T): Promise<readonly Row<T>[]> {
  return readRowsOf(join(folder, `${table.name}.arrow`), table);
}

/** The sweep without a name of its own, which is the newest; else the first of those that have one. */
function newestSweep(names: readonly string[]): string | undefined {
  if (names.includes('sweep.arrow')) return 'sweep.arrow';
  return names.filter((name) => /^sweep-.+(?<!\.uncertainty)\.arrow$/.test(name)).sort()[0];
}

async function sweepOf(file: string): Promise<SweepTable> {
  const table = await readTable(file);
  const { columns, rows } = table;
  rowsWith(file, table, SUMMARY);
  const own = new Set<string>(['cell', ...SUMMARY.columns.map(({ name }) => name)]);
  return { swept: columns.map(({ name }) => name).filter((name) => !own.has(name)), rows };
}

function fail(file: string, message: string): never {
  throw new InputError([{ file, key: '', message }]);
}
