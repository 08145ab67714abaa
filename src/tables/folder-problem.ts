import { InputError } from '../errors.js';

/** What a file system error says about a folder that results should go to. */
const MEANINGS: Readonly<Record<string, string>> = {
  EEXIST: 'is a file, not a folder, or lies under one',
  ENOTDIR: 'is a file, not a folder, or lies under one',
  EISDIR: 'holds a folder where a result file should go',
  ENOENT: 'cannot be created there',
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a read-only file system',
  ENOSPC: 'is on a disk that is full',
  EDQUOT: 'is on a disk whose quota is used up',
  ENAMETOOLONG: 'has too long a name',
};

/** Passes on the outcome of a file system call in `folder`; its failure becomes an `InputError` that says what to do next. */
export async function inFolder<T>(folder: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new InputError([{ file: folder, key: '', message: `${meaning(error)}; choose another folder with --out` }]);
  }
}

function meaning(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return MEANINGS[code ?? ''] ?? `cannot be written (${code ?? message})`;
}
