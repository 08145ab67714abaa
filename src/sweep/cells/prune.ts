import type { Dirent } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Which cells to remove; a cell goes if any of these says so (this file needs Node). */
export interface PruneRule {
  readonly all?: boolean;
  /** Cells not used since. */
  readonly unusedSince?: Date;
  /** Bytes that the rest may take: cells go from the longest unused on. */
  readonly maxBytes?: number;
}

/** What was removed and what is left. */
export interface Pruned {
  readonly removed: number;
  readonly removedBytes: number;
  readonly kept: number;
  readonly keptBytes: number;
}

interface StoredFile {
  readonly path: string;
  readonly bytes: number;
  readonly used: number;
  readonly finished: boolean;
}

/** Only what the store itself names so is ever removed, whatever else lies in the folder. */
const SHARD = /^[0-9a-f]{2}$/;
const CELL = /^[0-9a-f]{64}\.cell$/;
const UNFINISHED = /^[0-9a-f]{64}\.cell\.[0-9a-f-]{36}\.tmp$/;

/** Far longer than writing a cell takes: what is older was left by a process that was killed. */
const UNFINISHED_MS = 3_600_000;

/** Removes stored cells, and what killed processes left. A folder that does not exist is an empty store. */
export async function prune(folder: string, rule: PruneRule, now: Date): Promise<Pruned> {
  const files = await storedFiles(folder);
  const stale = files.filter(({ finished, used }) => !finished && used < now.getTime() - UNFINISHED_MS);
  const cells = files.filter(({ finished }) => finished).sort((a, b) => b.used - a.used);
  const kept: StoredFile[] = [];
  const removed: StoredFile[] = [];
  let keptBytes = 0;
  for (const cell of cells) {
    const goes =
      rule.all === true ||
      cell.used < (rule.unusedSince?.getTime() ?? Number.NEGATIVE_INFINITY) ||
      keptBytes + cell.bytes > (rule.maxBytes ?? Number.POSITIVE_INFINITY);
    (goes ? removed : kept).push(cell);
    if (!goes) keptBytes += cell.bytes;
  }
  for (const { path } of [...removed, ...stale]) await rm(path, { force: true });
  const removedBytes = removed.reduce((sum, { bytes }) => sum + bytes, 0);
  return { removed: removed.length, removedBytes, kept: kept.length, keptBytes };
}

async function storedFiles(folder: string): Promise<StoredFile[]> {
  const shards = (await entriesOf(folder)).filter((entry) => entry.isDirectory() && SHARD.test(entry.name));
  const files: StoredFile[] = [];
  for (const { name: shard } of shards) {
    for (const { name } of await entriesOf(join(folder, shard))) {
      const finished = CELL.test(name);
      if (!finished && !UNFINISHED.test(name)) continue;
      const path = join(folder, shard, name);
      // Another process may have pruned it meanwhile.
      const found = await stat(path).catch(() => undefined);
      if (found) files.push({ path, bytes: found.size, used: found.mtimeMs, finished });
    }
  }
  return files;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
