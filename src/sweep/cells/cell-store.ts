import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readRegularFileSync } from '../../regular-file.js';
import type { Row, Table } from '../../tables/columns.js';
import { inFolder } from '../../tables/folder-problem.js';
import type { SummaryRow } from '../../tables/schema.js';
import { decodeCell, encodeCell } from './cell-file.js';

/** Rows of one table of finished cells on disk, each under the hash of all that its numbers follow from (this file needs Node). */
export interface CellStore<R = SummaryRow> {
  /** The rows kept under a key, under the scenario's name; undefined if there are none, or damaged ones. */
  read(key: string, scenario: string): Promise<R[] | undefined>;
  /** Says that what is kept under a key was used, so that pruning spares it. */
  touch(key: string): Promise<void>;
  /** Keeps rows under a key: all or nothing, also when the process is killed or another one keeps the same. */
  write(key: string, rows: readonly R[]): Promise<void>;
}

/** Where cells are kept, below the results, when no option says otherwise. */
export const CELLS_FOLDER = '.cells';

/** Files of the store: two hexadecimal digits as a folder, so that none holds thousands of files, then the whole key. */
export function cellPath(folder: string, key: string): string {
  return join(folder, key.slice(0, 2), `${key}.cell`);
}

/**
 * @param table what the rows are of
 * @param folder created with the first cell
 * @param now the clock that says when a cell was last used, for pruning
 */
export function openCellStore<T extends Table>(table: T, folder: string, now: () => Date): CellStore<Row<T>> {
  async function touch(key: string): Promise<void> {
    // A store on a disk that cannot be written still serves.
    try {
      utimesSync(cellPath(folder, key), now(), now());
    } catch {}
  }
  return {
    touch,
    async read(key, scenario) {
      const text = textOf(cellPath(folder, key));
      return text === undefined ? undefined : decodeCell(table, key, text, scenario);
    },
    async write(key, rows) {
      const path = cellPath(folder, key);
      const text = encodeCell(table, key, rows);
      // Computed anew, a cell comes out the same; to replace its file would wait for the disk.
      if (textOf(path) === text) await touch(key);
      else await inFolder(folder, writeWhole(path, text));
    },
  };
}

/** Far more than the 10,000 outputs that a cell may have take, 250 bytes a row. */
const MAX_CELL_BYTES = 2 ** 26;

// Files of a few kB: calls that block cost a fifth of the others, which wake a thread for each step.

function textOf(path: string): string | undefined {
  try {
    return readRegularFileSync(path, MAX_CELL_BYTES).toString('utf8');
  } catch {
    return undefined;
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.tmp`;
  try {
    writeIn(dirname(path), unfinished, text);
    renameSync(unfinished, path);
  } catch (error) {
    // On a full disk the file is there, and empty.
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function writeIn(folder: string, path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    // Most folders are there already.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  }
}
