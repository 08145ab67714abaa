import { readRegularFile } from '../regular-file.js';

/** Many times what a sweep of 10,000 cells writes beside its table, some 200 bytes a cell. */
const MAX_JSON_BYTES = 2 ** 26;

/**
 * What the JSON beside a table says, a manifest (this file needs Node); undefined where it is no JSON.
 *
 * @throws FileError for a file that cannot be read
 */
export async function readJson(file: string): Promise<unknown> {
  const bytes = await readRegularFile(file, MAX_JSON_BYTES);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
