import { join } from 'node:path';
import { referenceKernel } from './kernel/reference.js';
import { type Manifest, manifestOf, tableMetadata } from './manifest.js';
import { notesOf } from './notes.js';
import type { Result } from './result.js';
import { sampleBatches } from './rows/samples.js';
import { type RunTables, tablesOf } from './rows/tables.js';
import type { ResolvedScenario } from './scenario/resolved.js';
import { type SimulateOptions, simulateIn } from './simulate.js';
import { checkWritable, type OutputFile, type WrittenFile, writeFiles } from './tables/output-folder.js';
import { encodeSamples } from './tables/samples.js';
import { FLEET, HISTOGRAM, INPUTS, SUMMARY, THROUGHPUT } from './tables/schema.js';
import { encodeTable } from './tables/write.js';
import type { Pool } from './workers/pool.js';

export interface RunOptions extends SimulateOptions {
  /** Results go to a folder named after the scenario in this one. */
  readonly out: string;
  /** Whether to write `samples.arrow`: all draws, about 90 bytes each. */
  readonly keepSamples: boolean;
  /** The clock that the manifest reports. */
  readonly now: () => Date;
}

/** What one scenario's run found and wrote. */
export interface RunReport {
  /** What was run, with the samples that were drawn. */
  readonly scenario: ResolvedScenario;
  readonly folder: string;
  readonly tables: RunTables;
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
  const started = options.now();
  const result = await simulateIn(pool, asked, options);
  const { scenario, precision } = result;
  const seconds = (options.now().getTime() - started.getTime()) / 1000;
  const tables = await tablesOf(result);
  const notes = notesOf(scenario, tables.summary, tables.inputs, precision);
  const manifest = (files: readonly WrittenFile[]) =>
    manifestOf(
      scenario,
      {
        kernel: pool.module ? 'wasm-simd' : 'reference',
        workers: pool.workers,
        started,
        seconds,
        notes,
        ...(precision && { precision }),
      },
      files,
    );
  const files = await writeFiles(folder, outputFiles(result, tables, options.keepSamples, manifest), options.signal);
  return { scenario, folder, tables, notes, files, seconds };
}

async function* outputFiles(
  { scenario, models }: Result,
  tables: RunTables,
  keepSamples: boolean,
  manifest: (files: readonly WrittenFile[]) => Manifest,
): AsyncGenerator<OutputFile> {
  const metadata = tableMetadata(scenario);
  yield { name: 'summary.arrow', content: await encodeTable(SUMMARY, tables.summary, metadata) };
  yield { name: 'histogram.arrow', content: await encodeTable(HISTOGRAM, tables.histogram, metadata) };
  yield { name: 'throughput.arrow', content: await encodeTable(THROUGHPUT, tables.throughput, metadata) };
  yield { name: 'fleet.arrow', content: await encodeTable(FLEET, tables.fleet, metadata) };
  yield { name: 'inputs.arrow', content: await encodeTable(INPUTS, tables.inputs, metadata) };
  if (keepSamples) yield { name: 'samples.arrow', content: await samplesContent(scenario, models.plan, metadata) };
  yield { name: 'manifest.json', content: (written) => `${JSON.stringify(manifest(written), null, 2)}\n` };
}

async function samplesContent(
  scenario: ResolvedScenario,
  plan: Result['models']['plan'],
  metadata: Record<string, string>,
) {
  const model = scenario.models.map(({ name }) => name);
  const regime = scenario.regimes.map(({ name }) => name);
  return encodeSamples(sampleBatches(plan, await referenceKernel(plan), model), { regime, model }, metadata);
}
