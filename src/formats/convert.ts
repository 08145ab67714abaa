import { dirname, join } from 'node:path';
import { type OutputFile, type WrittenFile, writeFiles } from '../tables/output-folder.js';
import { readArrow } from '../tables/read.js';
import type { CsvOptions } from './csv.js';
import type { TableFile } from './find-tables.js';
import { type Format, inFormats } from './formats.js';

/** How tables are written in other formats. */
export interface ConvertOptions extends CsvOptions {
  /** Whether runs in folders of nights that begin with their date are in partitions by it, too. */
  readonly byDate?: boolean;
}

/**
 * Writes tables in other formats (this file needs Node), beside themselves or, given `out`, in Hive-style partitions
 * `out/<table>/run=<run>/<table>.parquet` that analytics tools read as one table with a column `run`. All tables are read
 * before anything is written.
 *
 * @throws InputError for a damaged file or a folder that cannot be written
 */
export async function convertTables(
  tables: readonly TableFile[],
  formats: ReadonlySet<Format>,
  out: string | undefined,
  signal: AbortSignal,
  options: ConvertOptions = {},
): Promise<string[]> {
  const folderOf = ({ path, table, run }: TableFile) =>
    out === undefined
      ? dirname(path)
      : join(out, table, ...(options.byDate ? datedPartitions(run) : [runPartition(run)]));
  for (const { path } of tables) await readArrow(path);
  const paths: string[] = [];
  for (const [folder, group] of grouped(tables, folderOf)) {
    const written = await writeFiles(folder, filesOf(group, formats, options), { signal });
    paths.push(...written.map(({ name }: WrittenFile) => join(folder, name)));
  }
  return paths;
}

/** A night that begins with a date, as the folder of a run in it, is a partition of its own: `date=2026-12-01/run=chat`. */
const NIGHT = /^(\d{4}-\d{2}-\d{2})[^/]*\/(.+)$/;

function datedPartitions(run: string): string[] {
  const [, date, rest = run] = NIGHT.exec(run) ?? [];
  return [...(date === undefined ? [] : [`date=${date}`]), runPartition(rest)];
}

function runPartition(run: string): string {
  return `run=${encodeURIComponent(run)}`;
}

async function* filesOf(
  tables: readonly TableFile[],
  formats: ReadonlySet<Format>,
  csv: CsvOptions,
): AsyncGenerator<OutputFile> {
  for (const { path, table } of tables) {
    const arrow = await readArrow(path);
    const { tableToIPC } = await import('apache-arrow');
    yield* inFormats(table, arrow.schema, formats, () => tableToIPC(arrow, 'file'), csv);
  }
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
