import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { InputError } from '../errors.js';

/** An Arrow file among the results (this file needs Node). */
export interface TableFile {
  readonly path: string;
  /** The table that it holds, as the file is named. */
  readonly table: string;
  /** The run that it belongs to: its folder, from where the search began. */
  readonly run: string;
}

/** Folders within folders that are searched: results of sweeps lie below one another, a home directory is not a result. */
const DEEPEST = 4;

/**
 * The Arrow files at `path`: the file itself, or all in the folder and those below, in order of their paths.
 *
 * @throws InputError if there is none
 */
export async function findTables(path: string): Promise<TableFile[]> {
  const stats = await stat(path).catch(() =>
    fail(path, 'does not exist; give a folder or table that tokenjoule run wrote'),
  );
  const files = stats.isDirectory() ? await arrowFiles(path, DEEPEST) : [path];
  if (files.length === 0) fail(path, 'holds no tables (no .arrow file); give a folder that tokenjoule run wrote to');
  return files.map((file) => ({ path: file, table: basename(file, '.arrow'), run: runOf(path, file) }));
}

function runOf(root: string, file: string): string {
  const folder = relative(root, dirname(file));
  return folder === '' || folder === '..' ? basename(dirname(resolve(file))) : folder.replaceAll(sep, '/');
}

async function arrowFiles(folder: string, depth: number): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return depth > 0 && !entry.name.startsWith('.') ? arrowFiles(path, depth - 1) : [];
    return entry.name.endsWith('.arrow') ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

function fail(file: string, message: string): never {
  throw new InputError([{ file, key: '', message }]);
}
