import { InputError, RunError } from '../errors.js';

/** What a file system error says about a folder that results should go to. */
const MEANINGS: Readonly<Record<string, string>> = {
  EEXIST: 'is a file, not a folder, or lies under one',
  ENOTDIR: 'is a file, not a folder, or lies under one',
  EISDIR: 'holds a folder where a result file should go',
  ERR_FS_EISDIR: 'holds a folder where a result file should go',
  ENOENT: 'cannot be created there',
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a read-only file system',
  ENAMETOOLONG: 'has too long a name',
};

/** The same of what is no fault of the folder's name: with the cause gone it would do. */
const FAILURES: Readonly<Record<string, string>> = {
  ENOSPC: 'is on a disk that is full; make room',
  EDQUOT: 'is on a disk whose quota is used up; make room',
  EIO: 'is on a disk that fails (EIO)',
  EMFILE: 'cannot be written, as this process may open no more files; raise ulimit -n',
  ENFILE: 'cannot be written, as the system can open no more files; raise its limit',
};

/**
 * Passes on the outcome of a file system call in `folder`; its failure becomes one that says what to do next. What is no error of
 * the file system is thrown on unchanged.
 *
 * @throws InputError where the folder is not one to write to, RunError where the disk is full or fails
 */
export async function inFolder<T>(folder: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw folderError(folder, error);
  }
}

function folderError(folder: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return error;
  const elsewhere = 'choose another folder with --out';
  const failure = FAILURES[code];
  if (failure !== undefined) return new RunError(`${folder}: ${failure}, or ${elsewhere}`, { cause: error });
  const meaning = MEANINGS[code] ?? `cannot be written (${code}: ${message})`;
  return new InputError([{ file: folder, key: '', message: `${meaning}; ${elsewhere}` }]);
}
