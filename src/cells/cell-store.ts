import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inFolder } from '../tables/folder-problem.js';
import type { SummaryRow } from '../tables/schema.js';
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
  return {
    async read(key, scenario) {
      const text = await readFile(cellPath(folder, key), 'utf8').catch(() => undefined);
      return text === undefined ? undefined : decodeCell(key, text, scenario);
    },
    async touch(key) {
      // A store on a disk that cannot be written still serves.
      await utimes(cellPath(folder, key), now(), now()).catch(() => undefined);
    },
    async write(key, rows) {
      const path = cellPath(folder, key);
      const unfinished = `${path}.${randomUUID()}.tmp`;
      const text = encodeCell(key, rows);
      await inFolder(
        folder,
        // Most folders are there already, and creating one again costs as much as writing the file.
        writeFile(unfinished, text).catch(async () => {
          await mkdir(dirname(path), { recursive: true });
          await writeFile(unfinished, text);
        }),
      );
      await inFolder(folder, rename(unfinished, path));
    },
  };
}
