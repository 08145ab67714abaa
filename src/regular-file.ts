import { closeSync, constants, fstatSync, openSync, promises, readSync, type Stats, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

// Needs Node. Whatever is read from disk by a name that someone else may have chosen is read here: a name may lead to a pipe
// that nobody writes to, or to a device that never ends.

/** Why a file was not read; `message` follows the file's name in a sentence. */
export class FileError extends Error {
  override readonly name = 'FileError';
  /** The operating system's code, or `EISDIR`, `ENOTREG` (neither file nor folder), `EFBIG` (larger than allowed). */
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * The bytes of a regular file of at most `maxBytes`, links followed. Its kind and size are looked up before it is opened, and
 * again when it is open; no more is read than it then had.
 *
 * @throws FileError for anything else, and for a file that cannot be read
 */
export async function readRegularFile(file: string, maxBytes: number): Promise<Buffer> {
  return opened(file, maxBytes, readUpTo);
}

/** SHA-256 of a regular file of any size, in hexadecimal; of the bytes that it had when it was opened. @throws FileError as above */
export async function hashRegularFile(file: string): Promise<string> {
  return opened(file, Number.POSITIVE_INFINITY, hashUpTo);
}

async function opened<T>(
  file: string,
  maxBytes: number,
  use: (handle: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  try {
    requireRegular(await promises.stat(file), maxBytes);
    const handle = await promises.open(file, READ_AT_ONCE);
    try {
      const { size } = requireRegular(await handle.stat(), maxBytes);
      return await use(handle, size);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asFileError(error);
  }
}

/** The same by calls that block: for files of a few kB they cost a fifth of the others, which wake a thread for each step. */
export function readRegularFileSync(file: string, maxBytes: number): Buffer {
  try {
    requireRegular(statSync(file), maxBytes);
    const descriptor = openSync(file, READ_AT_ONCE);
    try {
      const { size } = requireRegular(fstatSync(descriptor), maxBytes);
      return readUpToSync(descriptor, size);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw asFileError(error);
  }
}

/** What comes on standard input, at most `maxBytes`. @throws FileError for more, and for an input that cannot be read */
export function readStandardInputSync(maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  try {
    for (let size = 0; ; ) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const bytes = readWaiting(STANDARD_INPUT, chunk);
      if (bytes === 0) return Buffer.concat(chunks);
      size += bytes;
      if (size > maxBytes)
        throw new FileError('EFBIG', `is too large: at most ${maxBytes / BYTES_PER_MIB} MiB allowed`);
      chunks.push(chunk.subarray(0, bytes));
    }
  } catch (error) {
    throw asFileError(error);
  }
}

const STANDARD_INPUT = 0;
const CHUNK_BYTES = 2 ** 16;
const WAIT_MS = 10;

/** The next bytes, 0 at the end. A pipe may say that it has none yet, whoever has made it so. */
function readWaiting(descriptor: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}

/** Opening does not wait for a writer, should a pipe have taken the file's place meanwhile (open(2)); Windows has no such flag. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const BYTES_PER_MIB = 2 ** 20;

function requireRegular(stats: Stats, maxBytes: number): Stats {
  if (stats.isDirectory()) throw new FileError('EISDIR', 'is a directory; expected a file');
  if (!stats.isFile()) throw new FileError('ENOTREG', 'is not a regular file');
  if (stats.size <= maxBytes) return stats;
  const found = (stats.size / BYTES_PER_MIB).toFixed(1);
  throw new FileError('EFBIG', `is too large: ${found} MiB, at most ${maxBytes / BYTES_PER_MIB} allowed`);
}

async function readUpTo(handle: FileHandle, size: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(size);
  let filled = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, filled, size - filled, filled);
    filled += bytesRead;
    if (bytesRead === 0 || filled === size) return buffer.subarray(0, filled);
  }
}

async function hashUpTo(handle: FileHandle, size: number): Promise<string> {
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(BYTES_PER_MIB);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - at), at);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return hash.digest('hex');
}

function readUpToSync(descriptor: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  let filled = 0;
  for (;;) {
    const bytes = readSync(descriptor, buffer, filled, size - filled, filled);
    filled += bytes;
    if (bytes === 0 || filled === size) return buffer.subarray(0, filled);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file: a part of its path is a file, not a directory',
  EACCES: 'cannot be read: permission denied',
  ENAMETOOLONG: 'no such file: the name is too long',
  ELOOP: 'no such file: its links lead in a circle',
  EMFILE: 'cannot be read: this process may open no more files (ulimit -n)',
  ENFILE: 'cannot be read: the system can open no more files',
};

function asFileError(error: unknown): FileError {
  if (error instanceof FileError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new FileError(code, REASONS[code] ?? `cannot be read: ${message}`, error);
}
