import { join } from 'node:path';
import { FORMATS, type Format, filesOf, inFormats } from '../formats/formats.js';
import { referenceKernel } from '../kernel/reference/reference.js';
import { brokenLimits } from '../result/broken-limits.js';
import { MANIFEST, type Manifest, manifestOf, tableMetadata, type Written } from '../result/manifest.js';
import { notesOf } from '../result/notes.js';
import type { Result } from '../result/result.js';
import { type RunTables, tablesOf } from '../result/rows/tables.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { type EngineOptions, simulateIn } from '../simulate/simulate.js';
import { arrowSchema } from '../tables/arrow-schema.js';
import type { Table } from '../tables/columns.js';
import { stampOf } from '../tables/earlier.js';
import { LOAD } from '../tables/load-hours.js';
import { type Content, checkWritable, type OutputFile, type WrittenFile, writeFiles } from '../tables/output-folder.js';
import { encodeSamples } from '../tables/samples.js';
import {
  FLEET,
  HISTOGRAM,
  INPUTS,
  RUN_TABLES,
  SAMPLES,
  samplesTable,
  summaryTable,
  THROUGHPUT,
} from '../tables/schema.js';
import { SERVICE_LEVEL } from '../tables/service-level.js';
import { UNCERTAINTY, type UncertaintyRow, VARIANCE, type VarianceRow } from '../tables/worlds.js';
import { encodeTable } from '../tables/write.js';
import type { Pool } from '../workers/pool.js';
import { dayVarianceRows } from '../worlds/day-variance.js';
import { asksForWorlds, runWorlds } from '../worlds/run-worlds.js';
import { uncertaintyRows } from '../worlds/uncertainty-rows.js';
import { queryVarianceRows } from '../worlds/variance-rows.js';
import { sampleBatches, statedInputs } from './sample-batches.js';

/** Where and in which form a run's tables are written, besides how it is carried out. */
export interface RunOptions extends EngineOptions {
  /** Results go to a folder named after the scenario in this one. */
  readonly out: string;
  /** Whether to write `samples.arrow`: all draws, about 90 bytes each. */
  readonly keepSamples: boolean;
  /** Whether to write `histogram.arrow`, most of a run's bytes; it is written if absent. */
  readonly histogram?: boolean;
  /** What tables are written as; `arrow` alone if absent. */
  readonly formats?: ReadonlySet<Format>;
  /** Whether texts in CSV files stand as they are, also those that a spreadsheet would take for a formula. */
  readonly rawText?: boolean;
  /** The clock that the manifest reports. */
  readonly now: () => Date;
  /** Where the scenario was written, for the manifest. */
  readonly written?: Written;
  /** Takes sentences for the user. */
  readonly tell?: (sentence: string) => void;
  /** A clock that never goes back, in seconds: what the run took; by `now` if absent. */
  readonly seconds?: () => number;
}

/** The rows of the tables of worlds; absent where the scenario asks for none. */
export interface WorldTables {
  readonly uncertainty?: readonly UncertaintyRow[];
  readonly variance?: readonly VarianceRow[];
}

/** What one scenario's run found and wrote. */
export interface RunReport {
  readonly scenario: ResolvedScenario;
  readonly folder: string;
  readonly tables: RunTables & WorldTables;
  readonly notes: readonly string[];
  readonly files: readonly WrittenFile[];
  readonly seconds: number;
}

/**
 * Runs one resolved scenario and writes its tables and manifest; needs Node. The folder is tried before anything is drawn,
 * and no file appears in it before all are complete.
 *
 * @throws InputError if the folder cannot be written, RunError if a block fails, the signal's reason if aborted
 */
export async function runScenario(pool: Pool, asked: ResolvedScenario, options: RunOptions): Promise<RunReport> {
  const folder = join(options.out, asked.name);
  await checkWritable(folder);
  const found = { name: MANIFEST, stamp: await stampOf(join(folder, MANIFEST)) };
  const clock = options.seconds ?? (() => options.now().getTime() / 1000);
  const started = options.now();
  const begun = clock();
  // What the tables need, while the threads draw.
  const [result] = await Promise.all([simulateIn(pool, asked, options), import('apache-arrow')]);
  const { scenario, precision } = result;
  const seconds = clock() - begun;
  const worlds = await worldTables(pool, asked, result, options);
  const tables = { ...(await tablesOf(result)), ...worlds.tables };
  const notes = [
    ...brokenLimits(tables.service_level),
    ...notesOf(scenario, tables.summary, tables.inputs, precision),
    ...worlds.notes,
  ];
  const execution = { kernel: pool.engine.name, workers: pool.workers, started, seconds, notes };
  const manifest = (files: readonly WrittenFile[]) =>
    manifestOf(scenario, { ...execution, asked, written: options.written, ...(precision && { precision }) }, files);
  const { signal, tell } = options;
  const outdated = outdatedFiles(options, tables);
  const content = outputFiles(result, tables, options, manifest);
  const files = await writeFiles(folder, content, { signal, outdated, found, tell });
  return { scenario, folder, tables, notes, files, seconds };
}

/** How well the numbers are known, where a scenario asks. */
async function worldTables(
  pool: Pool,
  scenario: ResolvedScenario,
  { blends }: Result,
  { signal }: RunOptions,
): Promise<{ readonly tables: WorldTables; readonly notes: readonly string[] }> {
  if (!asksForWorlds(scenario)) return { tables: {}, notes: [] };
  const chosen = blends.plan.blends;
  const worlds = await runWorlds(pool, scenario, chosen, { signal });
  const queries = await queryVarianceRows(scenario, chosen);
  const days = await dayVarianceRows(worlds, { pool, chosen, signal });
  return {
    tables: { uncertainty: uncertaintyRows(worlds), variance: [...queries.rows, ...days] },
    notes: queries.notes,
  };
}

const ARROW_ALONE: ReadonlySet<Format> = new Set(['arrow']);

/** What an earlier run in the same folder may have left, and this one does not write. */
function outdatedFiles(
  { keepSamples, histogram = true, formats = ARROW_ALONE }: RunOptions,
  { load, service_level, uncertainty, variance }: RunTables & WorldTables,
): string[] {
  const left: readonly Table[] = [
    ...(keepSamples ? [] : [SAMPLES]),
    ...(histogram ? [] : [HISTOGRAM]),
    ...(load.length > 0 ? [] : [LOAD]),
    ...(service_level.length > 0 ? [] : [SERVICE_LEVEL]),
    ...(uncertainty ? [] : [UNCERTAINTY]),
    ...(variance ? [] : [VARIANCE]),
  ];
  const isWanted = (table: Table) => !left.includes(table);
  const stays = (table: Table, format: Format) => formats.has(format) && isWanted(table);
  return RUN_TABLES.flatMap((table) =>
    FORMATS.filter((format) => !stays(table, format)).flatMap((format) => filesOf(table.name, format)),
  );
}

async function* outputFiles(
  { scenario, models }: Result,
  tables: RunTables & WorldTables,
  { keepSamples, histogram = true, formats = ARROW_ALONE, rawText }: RunOptions,
  manifest: (files: readonly WrittenFile[]) => Manifest,
): AsyncGenerator<OutputFile> {
  const arrow = await import('apache-arrow');
  const metadata = tableMetadata(scenario);
  const inAll = (table: Table, open: () => Promise<Content>) =>
    inFormats(table.name, arrowSchema(arrow, table, metadata), formats, open, { rawText });
  const summary = summaryTable(scenario.quantiles);
  yield* inAll(summary, () => encodeTable(summary, tables.summary, metadata));
  if (histogram) yield* inAll(HISTOGRAM, () => encodeTable(HISTOGRAM, tables.histogram, metadata));
  yield* inAll(THROUGHPUT, () => encodeTable(THROUGHPUT, tables.throughput, metadata));
  yield* inAll(FLEET, () => encodeTable(FLEET, tables.fleet, metadata));
  yield* inAll(INPUTS, () => encodeTable(INPUTS, tables.inputs, metadata));
  const { uncertainty, variance } = tables;
  if (uncertainty) yield* inAll(UNCERTAINTY, () => encodeTable(UNCERTAINTY, uncertainty, metadata));
  if (variance) yield* inAll(VARIANCE, () => encodeTable(VARIANCE, variance, metadata));
  if (tables.load.length > 0) yield* inAll(LOAD, () => encodeTable(LOAD, tables.load, metadata));
  if (tables.service_level.length > 0)
    yield* inAll(SERVICE_LEVEL, () => encodeTable(SERVICE_LEVEL, tables.service_level, metadata));
  const samples = samplesTable(statedInputs(models.plan));
  if (keepSamples) yield* inAll(samples, () => samplesContent(scenario, models.plan, metadata));
  yield { name: MANIFEST, content: (written) => `${JSON.stringify(manifest(written), null, 2)}\n` };
}

async function samplesContent(
  scenario: ResolvedScenario,
  plan: Result['models']['plan'],
  metadata: Record<string, string>,
) {
  const model = scenario.models.map(({ name }) => name);
  const regime = scenario.regimes.map(({ name }) => name);
  return encodeSamples(
    sampleBatches(plan, await referenceKernel(plan), regime, model),
    { regime, model },
    metadata,
    statedInputs(plan),
  );
}
