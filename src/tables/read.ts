import type { Table as ArrowTable, Field, Schema } from 'apache-arrow';
import { InputError } from '../errors.js';
import { type FileError, readRegularFile } from '../regular-file.js';
import { FORMAT_VERSION_KEY, TABLE_KEY } from './arrow-schema.js';
import { checkArrow } from './check-arrow.js';
import type { Column, ColumnType, Row, Table } from './columns.js';
import { FORMAT_VERSION } from './schema.js';

/** A row of whichever table was read; `Row<typeof SUMMARY>` and its like say more where the table is known. */
export type ReadRow = Readonly<Record<string, string | number | null>>;

/** A table as read from its file, with all that it says of itself. */
export interface ReadTable {
  readonly name: string;
  readonly formatVersion: number;
  /** The whole schema metadata, the contract's own keys among it. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly columns: readonly Column[];
  readonly rows: readonly ReadRow[];
}

/** What Node's buffers and the offsets in Arrow's own text columns reach. */
const MAX_TABLE_BYTES = 2 ** 31 - 1;

/** First and last bytes of an Arrow IPC file (Arrow columnar format, "IPC File Format"). */
const MAGIC = 'ARROW1';

/**
 * Reads a table that tokenjoule wrote, all rows at once as plain objects: for samples by the million use `readArrow`.
 *
 * @param where texts that columns must have in the rows that are wanted; the others are not made at all
 * @throws InputError as `readArrow` does.
 */
export async function readTable(file: string, where: Readonly<Record<string, string>> = {}): Promise<ReadTable> {
  const table = await readArrow(file);
  const metadata = Object.fromEntries(table.schema.metadata);
  const columns = table.schema.fields.map(readColumn);
  const rows = readRows(table, columns, where);
  return { name: metadata[TABLE_KEY], formatVersion: Number(metadata[FORMAT_VERSION_KEY]), metadata, columns, rows };
}

/**
 * The rows of a file that should hold `table`. @param where as of `readTable`
 *
 * @throws InputError as `readArrow` does, and if it holds another table or lacks one of the columns
 */
export async function readRowsOf<T extends Table>(
  file: string,
  table: T,
  where: Readonly<Record<string, string>> = {},
): Promise<readonly Row<T>[]> {
  const read = await readTable(file, where);
  if (read.name !== table.name) fail(file, `holds the table ${read.name}, not ${table.name}; repeat the run`);
  return rowsWith(file, read, table);
}

/**
 * The rows of a table, once it is sure that they have all columns of `table`. Columns that came with a later version of the format
 * than the file's hold nothing.
 *
 * @throws InputError naming one that is lacking
 */
export function rowsWith<T extends Table>(file: string, read: ReadTable, table: T): readonly Row<T>[] {
  const { columns, rows, formatVersion } = read;
  const absent = table.columns.filter(
    ({ name, type }) => !columns.some((one) => one.name === name && one.type === type),
  );
  const lacking = absent.find(({ since = 1 }) => since <= formatVersion);
  if (lacking) fail(file, `lacks the column ${lacking.name} (${lacking.type}); repeat the run with this version`);
  const empty = Object.fromEntries(absent.map(({ name, type }) => [name, type === 'text' ? '' : null]));
  const whole = absent.length === 0 ? rows : rows.map((row) => ({ ...row, ...empty }));
  return whole as unknown as readonly Row<T>[];
}

/**
 * Reads a table that tokenjoule wrote, as an Arrow table. Files of 2 GiB and more need a reader that maps them.
 *
 * @throws InputError if the file cannot be read, is damaged, is not tokenjoule's, or is of a newer format.
 */
export async function readArrow(file: string): Promise<ArrowTable> {
  const bytes = await readRegularFile(file, MAX_TABLE_BYTES).catch((error: FileError) => fail(file, unreadable(error)));
  checkEnds(file, bytes);
  const table = await decode(file, bytes);
  checkOrigin(file, table.schema);
  return table;
}

function checkEnds(file: string, bytes: Buffer): void {
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    fail(file, 'is not an Arrow IPC file; give a table that tokenjoule wrote, e.g. summary.arrow');
  }
  if (bytes.length < 2 * MAGIC.length || bytes.toString('latin1', bytes.length - MAGIC.length) !== MAGIC) {
    fail(file, 'is cut short; copy it again or repeat the run');
  }
}

async function decode(file: string, bytes: Buffer): Promise<ArrowTable> {
  const { tableFromIPC } = await import('apache-arrow');
  try {
    checkArrow(bytes);
    return tableFromIPC(bytes);
  } catch (error) {
    return fail(file, `is damaged (${(error as Error).message}); copy it again or repeat the run`);
  }
}

function checkOrigin(file: string, { metadata }: Schema): void {
  const version = Number(metadata.get(FORMAT_VERSION_KEY));
  if (!metadata.has(TABLE_KEY) || !(version >= 1)) fail(file, 'is an Arrow file, but not one that tokenjoule wrote');
  if (version > FORMAT_VERSION) {
    const reads = `this one reads up to ${FORMAT_VERSION}`;
    fail(file, `was written by a newer tokenjoule (format ${version}); ${reads}: upgrade`);
  }
}

/** A column of the contract from its Arrow field. */
export function readColumn({ name, type, metadata }: Field): Column {
  const [unit = '', meaning = ''] = [metadata.get('unit'), metadata.get('meaning')];
  return { name, type: columnType(String(type)), unit, meaning };
}

function columnType(arrowType: string): ColumnType {
  if (arrowType === 'Int64') return 'count';
  return arrowType === 'Float64' ? 'float' : 'text';
}

function readRows(table: ArrowTable, columns: readonly Column[], where: Readonly<Record<string, string>>): ReadRow[] {
  const wanted = Object.entries(where).flatMap(([name, text]) => {
    const vector = table.getChild(name);
    return vector === null ? [] : [{ vector: vector.memoize(), text }];
  });
  const values = columns.map(({ name }, i) => [name, table.getChildAt(i)!.memoize()] as const);
  const cell = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value) as string | number | null;
  const numbers = Array.from({ length: table.numRows }, (_, row) => row);
  return numbers
    .filter((row) => wanted.every(({ vector, text }) => vector.get(row) === text))
    .map((row) => Object.fromEntries(values.map(([name, vector]) => [name, cell(vector.get(row))])));
}

function unreadable({ code, message }: FileError): string {
  if (code === 'ENOENT') return 'does not exist; check the path';
  if (code === 'EISDIR') return 'is a folder; give one of the .arrow files in it';
  if (code === 'EACCES') return 'may not be read by this user';
  if (code === 'EFBIG') return 'is larger than the 2 GiB that are read; convert it with a reader that maps files';
  if (code !== 'ENOTREG' && code !== 'ENOTDIR') return message;
  return `${message}; give a table that tokenjoule wrote, e.g. summary.arrow`;
}

function fail(file: string, message: string): never {
  throw new InputError([{ file, key: '', message }]);
}
