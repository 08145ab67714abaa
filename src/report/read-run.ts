import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import type { Manifest } from '../result/manifest.js';
import type { SweepManifest } from '../sweep/sweep-manifest.js';
import type { Row, Table } from '../tables/columns.js';
import { readRowsOf, readTable, rowsWith } from '../tables/read.js';
import { FLEET, FORMAT_VERSION, HISTOGRAM, INPUTS, SENSITIVITY, SUMMARY, THROUGHPUT } from '../tables/schema.js';
import type { RunData, SweepData, SweepTable } from './run-data.js';

/**
 * Reads all that a run, or a sweep alone, left in its folder (this file needs Node).
 *
 * @throws InputError for a folder without tables, and for a table or manifest that is damaged or of a newer format
 */
export async function readResult(folder: string): Promise<RunData | SweepData> {
  const names = await tableNames(folder);
  if (names.includes('summary.arrow')) return readRun(folder, names);
  const [manifest, sweep] = await Promise.all([
    readManifest<SweepManifest>(join(folder, 'sweep.json')),
    sweepOf(folder),
  ]);
  return { folder, manifest, sweep };
}

async function readRun(folder: string, names: readonly string[]): Promise<RunData> {
  const [manifest, summary, histogram, throughput, fleet, inputs] = await Promise.all([
    readManifest<Manifest>(join(folder, 'manifest.json')),
    rowsOf(folder, SUMMARY),
    rowsOf(folder, HISTOGRAM),
    rowsOf(folder, THROUGHPUT),
    rowsOf(folder, FLEET),
    rowsOf(folder, INPUTS),
  ]);
  const sensitivity = names.includes('sensitivity.arrow') ? await rowsOf(folder, SENSITIVITY) : undefined;
  const sweep = names.includes('sweep.arrow') ? await sweepOf(folder) : undefined;
  return {
    ...{ folder, manifest, summary, histogram, throughput, fleet, inputs },
    ...(sensitivity && { sensitivity }),
    ...(sweep && { sweep }),
  };
}

/** File names of a folder that holds tables. @throws InputError if it holds none */
async function tableNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(({ code, message }: NodeJS.ErrnoException) => {
    const reason =
      code === 'ENOENT' ? 'does not exist' : code === 'ENOTDIR' ? 'is a file' : `cannot be read (${message})`;
    return fail(folder, `${reason}; give a folder that tokenjoule run wrote, e.g. output/oviedo-2026`);
  });
  if (names.includes('summary.arrow') || names.includes('sweep.arrow')) return names;
  return fail(
    folder,
    'holds no tables (no summary.arrow or sweep.arrow); give the folder of one run, e.g. output/oviedo-2026',
  );
}

function rowsOf<T extends Table>(folder: string, table: T): Promise<readonly Row<T>[]> {
  return readRowsOf(join(folder, `${table.name}.arrow`), table);
}

async function sweepOf(folder: string): Promise<SweepTable> {
  const file = join(folder, 'sweep.arrow');
  const table = await readTable(file);
  const { columns, rows } = table;
  rowsWith(file, table, SUMMARY);
  const own = new Set<string>(['cell', ...SUMMARY.columns.map(({ name }) => name)]);
  return { swept: columns.map(({ name }) => name).filter((name) => !own.has(name)), rows };
}

async function readManifest<M extends Manifest | SweepManifest>(file: string): Promise<M> {
  const text = await readFile(file, 'utf8').catch(() => fail(file, 'cannot be read; repeat the run'));
  const manifest = parsed(text) as M | undefined;
  if (!manifest?.scenario || !Number.isInteger(manifest.format_version))
    return fail(file, 'is not a manifest that tokenjoule wrote; repeat the run');
  const { format_version } = manifest;
  if (format_version <= FORMAT_VERSION) return manifest;
  return fail(
    file,
    `was written by a newer tokenjoule (format ${format_version}); this one reads up to ${FORMAT_VERSION}: upgrade`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fail(file: string, message: string): never {
  throw new InputError([{ file, key: '', message }]);
}
