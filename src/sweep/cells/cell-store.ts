import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inFolder } from '../../tables/folder-problem.js';
import type { SummaryRow } from '../../tables/schema.js';
import { decodeCell, encodeCell } from './cell-file.js';

/** Finished cells on disk, each under the hash of all that its numbers follow from (this file needs Node). */
export interface CellStore {
  /** The rows kept under a key, under the scenario's name; undefined if there are none, or damaged ones. */
  read(key: string, scenario: string): Promise<SummaryRow[] | undefined>;
  /** Says that what is kept under a key was used, so that pruning spares it. */
  touch(key: string): Promise<void>;
  /** Keeps rows under a key: all or nothing, also when the process is killed or another one keeps the same. */
  write(key: string, rows: readonly SummaryRow[]): Promise<void>;
}

/** Where cells are kept, below the results, when no option says otherwise. */
export const CELLS_FOLDER = '.cells';

/** Files of the store: two hexadecimal digits as a folder, so that none holds thousands of files, then the whole key. */
export function cellPath(folder: string, key: string): string {
  return join(folder, key.slice(0, 2), `${key}.cell`);
}

/**
 * @param folder created with the first cell
 * @param now the clock that says when a cell was last used, for pruning
 */
export function openCellStore(folder: string, now: () => Date): CellStore {
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
      return text === undefined ? undefined : decodeCell(key, text, scenario);
    },
    async write(key, rows) {
      const path = cellPath(folder, key);
      const text = encodeCell(key, rows);
      // Computed anew, a cell comes out the same; to replace its file would wait for the disk.
      if (textOf(path) === text) await touch(key);
      else await inFolder(folder, writeWhole(path, text));
    },
  };
}

// Files of a few kB: calls that block cost a fifth of the others, which wake a thread for each step.

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(unfinished, text);
  } catch {
    // Most folders are there already.
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, text);
  }
  renameSync(unfinished, path);
}
