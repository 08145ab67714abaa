import { createHash } from 'node:crypto';
import { type FileHandle, lstat, mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { keepEarlier, replacedText, stampOf } from './earlier.js';
import { inFolder } from './folder-problem.js';
import { makeStaging, removeStale } from './staging.js';
import { inTurn } from './turns.js';

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

/** What becomes of earlier results, and who hears of it. */
export interface WriteOptions {
  /** Looked at before each piece and before the renaming, which is then seen through. */
  readonly signal?: AbortSignal | undefined;
  /** Files that an earlier result may have left and this one lacks: removed with the renaming. */
  readonly outdated?: readonly string[];
  /** Tables, by their names without `.arrow`, of which an earlier one that differs is put aside under its content. */
  readonly keep?: readonly string[];
  /** Tables of which an earlier one that differs is replaced, with a word of what it was. */
  readonly replace?: readonly string[];
  /** A file as it was found before anything was drawn (`stampOf`): if it is another one now, somebody has written meanwhile. */
  readonly found?: { readonly name: string; readonly stamp: string };
  /** Takes sentences for the user. */
  readonly tell?: ((sentence: string) => void) | undefined;
}

/**
 * Writes `files` into `folder`, creating it if needed, so that nothing half-written is ever seen under their names: all are
 * written into a hidden folder within `folder` first, then renamed into place in the order given (so put the manifest last), while
 * no other process renames there. On an error or abort the hidden folder is removed and earlier results stay as they were.
 *
 * @throws InputError if the folder cannot be created or written, RunError if its disk is full; what `files`, a content or the
 * signal throws, unchanged.
 */
export async function writeFiles(
  folder: string,
  files: Iterable<OutputFile> | AsyncIterable<OutputFile>,
  options: WriteOptions = {},
): Promise<WrittenFile[]> {
  const staging = await prepare(folder);
  try {
    const written = await stage(folder, staging, files, options.signal);
    await inFolder(
      folder,
      inTurn(folder, options, () => putInPlace(folder, staging, written, options)),
    );
    return written;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Throws what the file system throws. */
async function putInPlace(
  folder: string,
  staging: string,
  written: readonly WrittenFile[],
  { signal, outdated = [], ...earlier }: WriteOptions,
): Promise<void> {
  signal?.throwIfAborted();
  await refuseFolders(folder, [...outdated, ...written.map(({ name }) => name)]);
  await settleEarlier(folder, written, earlier);
  for (const name of outdated) await rm(join(folder, name), { force: true });
  for (const { name } of written) await rename(join(staging, name), join(folder, name));
}

/** Before the first file is renamed: to stop half-way would leave files of two results. */
async function refuseFolders(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const stats = await lstat(join(folder, name)).catch(() => undefined);
    if (stats?.isDirectory()) throw Object.assign(new Error(`${name} is a folder`), { code: 'EISDIR' });
  }
}

async function settleEarlier(
  folder: string,
  written: readonly WrittenFile[],
  { keep = [], replace = [], found, tell }: WriteOptions,
): Promise<void> {
  for (const { name: file, sha256 } of written) {
    const name = file.replace(/\.arrow$/, '');
    const sentence = keep.includes(name)
      ? await keepEarlier(folder, name, sha256)
      : replace.includes(name) && (await replacedText(folder, name, sha256));
    if (sentence) tell?.(sentence);
  }
  if (found && (await stampOf(join(folder, found.name))) !== found.stamp)
    tell?.(`replaces the results that another process has written into ${folder} meanwhile`);
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
  await inFolder(folder, removeStale(folder, new Date()));
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
