/** What a query may do and take; SECURITY.md promises it. */
export interface QueryBounds {
  /** Whether it may read and write files of this machine; no query reaches a network or loads an extension. */
  readonly allowFiles: boolean;
  /** Wall-clock seconds. */
  readonly seconds: number;
  /** Bytes that DuckDB holds in memory. */
  readonly memoryBytes: number;
}

/** Rows of an answer at most: they are held as JavaScript values, some 100 bytes a cell, beside DuckDB's memory. */
export const MOST_ROWS = 1_000_000;

/** What DuckDB may write to a temporary folder of ours when its memory is full. */
const MAX_TEMPORARY_BYTES = 4e9;

/**
 * Settings that hold a DuckDB to its bounds, as SQL in the order in which they take effect; the last one makes them final.
 *
 * @param scratch the only folder that may be read, unless all may; it holds the tables
 * @param noFolder a path that can never become a folder: where extensions would be installed
 */
export function boundingSql({ allowFiles, memoryBytes }: QueryBounds, scratch: string, noFolder: string): string[] {
  const allowed = allowFiles ? rootsOf(scratch) : [scratch];
  return [
    `set memory_limit = '${memoryBytes}B'`,
    `set temp_directory = ${quoted(`${scratch}/overflow`)}`,
    `set max_temp_directory_size = '${MAX_TEMPORARY_BYTES}B'`,
    `set extension_directory = ${quoted(noFolder)}`,
    `set allowed_directories = [${allowed.map(quoted).join(', ')}]`,
    'set enable_external_access = false',
    'set lock_configuration = true',
  ];
}

/** A text as an SQL literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** All drives: `/`, or on Windows the letters. */
function rootsOf(path: string): string[] {
  if (!/^[A-Za-z]:/.test(path)) return ['/'];
  return [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:/`);
}
