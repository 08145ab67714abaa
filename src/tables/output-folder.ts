import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { inFolder } from './folder-problem.js';
import { makeStaging, removeStale } from './staging.js';

/** What goes into a file (this file needs Node): all at once, or piece by piece. */
export type Content = string | Uint8Array | AsyncIterable<Uint8Array>;

/** A file to write. Content that depends on the files before it, as a manifest's does on their hashes, is a function of them. */
export interface OutputFile {
  readonly name: string;
  readonly content: Content | ((written: readonly WrittenFile[]) => Content);
}

/** A file as it was written. */
export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * Writes `files` into `folder`, creating it if needed, so that nothing half-written is ever seen under their names: all are
 * written into a hidden folder within `folder` first, then renamed into place in the order given (so put the manifest last).
 * On an error or abort the hidden folder is removed and earlier results stay as they were.
 *
 * `signal` is looked at before each piece and before the renaming, which is then seen through. Files named as `outdated`,
 * which an earlier result may have left and this one lacks, are removed with the renaming.
 *
 * @throws InputError if the folder cannot be created or written; what `files`, a content or the signal throws, unchanged.
 */
export async function writeFiles(
  folder: string,
  files: Iterable<OutputFile> | AsyncIterable<OutputFile>,
  signal?: AbortSignal,
  outdated: readonly string[] = [],
): Promise<WrittenFile[]> {
  const staging = await prepare(folder);
  try {
    const written = await stage(folder, staging, files, signal);
    for (const name of outdated) await inFolder(folder, rm(join(folder, name), { force: true }));
    for (const { name } of written) await inFolder(folder, rename(join(staging, name), join(folder, name)));
    return written;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * Tries whether `folder`, or the nearest folder above it that exists, can be written. Leaves nothing behind, and so cannot
 * promise that the disk will hold the results.
 *
 * @throws InputError if it cannot.
 */
export async function checkWritable(folder: string): Promise<void> {
  const existing = await nearestExisting(resolve(folder));
  await inFolder(folder, makeStaging(existing).then(rmdir));
}

/** The check comes first because a recursive mkdir in /proc never returns (Node 20.20). */
async function prepare(folder: string): Promise<string> {
  await checkWritable(folder);
  await inFolder(folder, mkdir(folder, { recursive: true }));
  await inFolder(folder, removeStale(folder));
  return inFolder(folder, makeStaging(folder));
}

async function stage(
  folder: string,
  staging: string,
  files: Iterable<OutputFile> | AsyncIterable<OutputFile>,
  signal: AbortSignal | undefined,
): Promise<WrittenFile[]> {
  const written: WrittenFile[] = [];
  for await (const { name, content } of files) {
    const pieces = piecesOf(typeof content === 'function' ? content(written) : content);
    written.push({ name, ...(await writeFile(folder, join(staging, name), pieces, signal)) });
  }
  signal?.throwIfAborted();
  return written;
}

async function* piecesOf(content: Content): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string') yield Buffer.from(content);
  else if (content instanceof Uint8Array) yield content;
  else yield* content;
}

async function writeFile(
  folder: string,
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<Omit<WrittenFile, 'name'>> {
  const handle = await inFolder(folder, open(path, 'wx'));
  try {
    return await writePieces(folder, handle, pieces, signal);
  } finally {
    await handle.close();
  }
}

async function writePieces(
  folder: string,
  handle: FileHandle,
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<Omit<WrittenFile, 'name'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    await inFolder(folder, handle.appendFile(piece));
    hash.update(piece);
    bytes += piece.byteLength;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Stops at a file too: that it cannot hold a folder is for the caller to find. */
async function nearestExisting(path: string): Promise<string> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  return exists || dirname(path) === path ? path : nearestExisting(dirname(path));
}
