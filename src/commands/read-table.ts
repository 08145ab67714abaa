import { InputError } from '../errors.js';
import { FileError, readRegularFile } from '../regular-file.js';

/** Larger than any table of measurements that a person has made. */
const MAX_TABLE_BYTES = 2 ** 26;

/** The bytes of a table of measurements. @throws InputError if it cannot be read */
export async function readTable(file: string): Promise<Uint8Array> {
  try {
    return await readRegularFile(file, MAX_TABLE_BYTES);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new InputError([{ file, key: '', message: error.message }]);
  }
}
