import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  FLEET,
  HISTOGRAM,
  INPUTS,
  loadScenario,
  loadSweep,
  type Pool,
  readArrow,
  runScenario,
  runSweep,
  SUMMARY,
  simulate,
  THROUGHPUT,
  tablesOf,
} from '../../dist/index.js';
import { type FoundTable, fromRows } from './found-table.js';

/** The samplers of 0.2.0 and how many draws each is pinned by: a stratified one takes no fewer than 16,384. */
export const DRAWS = { pseudo: 4096, 'latin-hypercube': 16_384, sobol: 16_384 } as const;

/** A sampler of 0.2.0. */
export type Sampler = keyof typeof DRAWS;

/** What a run makes, in the order of its tables. */
const RUN_TABLES = [SUMMARY, HISTOGRAM, THROUGHPUT, FLEET, INPUTS] as const;

/** The file of a shipped scenario, or of `every-key`, which stands here. */
export function scenarioFile(name: string): string {
  const folder = name === 'every-key' ? './' : '../../scenarios/';
  return fileURLToPath(new URL(`${folder}${name}.yaml`, import.meta.url));
}

/** The tables of a run, as the engine hands them over. */
export async function runTables(name: string, sampler: Sampler, pool: Pool): Promise<FoundTable[]> {
  const scenario = await loadScenario(scenarioFile(name), { samples: DRAWS[sampler], sampler });
  const tables = await tablesOf(await simulate(scenario, { workers: pool.workers, pool }));
  return RUN_TABLES.map((table) => fromContract(table, tables[table.name]));
}

/** The throughput and energy of a run that draws until a median is known, and so how many draws that took. */
export async function preciseTables(name: string, sampler: Sampler, pool: Pool): Promise<FoundTable[]> {
  const scenario = await loadScenario(scenarioFile(name), { samples: 2 ** 20, sampler, until: UNTIL[sampler] });
  const { summary } = await tablesOf(await simulate(scenario, { workers: pool.workers, pool }));
  return [fromContract(SUMMARY, summary)];
}

/** What takes a second round of draws. */
const UNTIL: Readonly<Record<Sampler, string>> = {
  pseudo: 'p50=1%',
  'latin-hypercube': 'p50=0.5%',
  sobol: 'p50=0.2%',
};

/** The same as written to disk and read again, and the single draws. */
export function writtenTables(name: string, sampler: Sampler, pool: Pool): Promise<FoundTable[]> {
  return inFolder(async (out) => {
    const scenario = await loadScenario(scenarioFile(name), { samples: DRAWS[sampler], sampler });
    const { folder } = await runScenario(pool, scenario, { out, keepSamples: true, now });
    const names = [...RUN_TABLES.map((table) => table.name), 'samples'];
    return Promise.all(names.map((table) => fileTable(folder, table)));
  });
}

/** The table of a sweep, as written to disk and read again; all cells are computed. */
export function sweepTables(name: string, sampler: Sampler, set: readonly string[], pool: Pool): Promise<FoundTable[]> {
  return inFolder(async (out) => {
    const sweep = await loadSweep(scenarioFile(name), { samples: DRAWS[sampler], sampler, set });
    const { folder } = await runSweep(pool, sweep, { out, cells: join(out, 'cells'), now });
    return [await fileTable(folder, 'sweep')];
  });
}

/** A table from its file, column by column; its metadata are not looked at. */
export async function fileTable(folder: string, name: string): Promise<FoundTable> {
  const table = await readArrow(join(folder, `${name}.arrow`));
  const columns = table.schema.fields.map((field, i) => {
    const values = [...table.getChildAt(i)!.memoize()];
    return [field.name, values.map((value) => (typeof value === 'bigint' ? Number(value) : value))] as const;
  });
  return { name, rows: table.numRows, columns: new Map(columns) };
}

/** A table from its rows, with the columns that its contract names. */
export function fromContract({ name, columns }: Contract, rows: readonly object[]): FoundTable {
  return fromRows(
    name,
    columns.map((column) => column.name),
    rows,
  );
}

interface Contract {
  readonly name: string;
  readonly columns: readonly { readonly name: string }[];
}

/** A temporary folder for as long as `use` takes. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenjoule-pins-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A clock that stands still, for what is written beside the tables. */
export const now = () => new Date(0);
