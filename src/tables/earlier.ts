import { readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashRegularFile } from '../regular-file.js';
import { readArrow } from './read.js';

// Needs Node. What becomes of an earlier result of the same name when a new one is about to take its place.

/** Schema metadata of a table that is kept under its content: which of its kind it is, e.g. the keys that were swept. */
export const LABEL_KEY = 'tokenjoule.label';

const LONGEST_LABEL = 60;
const HASH_DIGITS = 8;

/** Words as part of a file's name. */
export function labelOf(words: readonly string[]): string {
  const plain = words.map((word) => word.replaceAll(/[^A-Za-z0-9_]+/g, '_'));
  return plain.join('-').slice(0, LONGEST_LABEL);
}

/**
 * Puts the earlier table `NAME.arrow` aside as `NAME-LABEL-HASH.arrow`, by its content, with all that lies beside it under its name,
 * unless the new one is the same.
 *
 * @param sha256 of the new table
 * @returns a sentence for the user, if something was put aside
 */
export async function keepEarlier(folder: string, name: string, sha256: string): Promise<string | undefined> {
  const hash = await otherHash(folder, name, sha256);
  if (hash === undefined) return undefined;
  const { [LABEL_KEY]: label = '' } = await metadataOf(join(folder, `${name}.arrow`));
  const kept = [name, label, hash.slice(0, HASH_DIGITS)].filter((part) => part !== '').join('-');
  const beside = (await readdir(folder)).filter((file) => file.startsWith(`${name}.`));
  for (const file of beside) await rename(join(folder, file), join(folder, kept + file.slice(name.length)));
  return `${name}.arrow is the new result; the earlier one is kept as ${kept}.arrow`;
}

/** What is about to be replaced for good, as a sentence for the user; undefined if the new table is the same. */
export async function replacedText(folder: string, name: string, sha256: string): Promise<string | undefined> {
  if ((await otherHash(folder, name, sha256)) === undefined) return undefined;
  const metadata = await metadataOf(join(folder, `${name}.arrow`));
  const known = [
    ['', metadata[LABEL_KEY]],
    ['scenario hash ', metadata['tokenjoule.scenario_hash']?.slice(0, HASH_DIGITS)],
    ['seed ', metadata['tokenjoule.seed']],
    ['by tokenjoule ', metadata['tokenjoule.engine_version']],
  ].flatMap(([what, value]) => (value ? [what + value] : []));
  return `replaces ${name}.arrow, an earlier result${known.length > 0 ? ` (${known.join(', ')})` : ''}`;
}

/** What tells whether a file was written anew: equal texts, equal files. */
export async function stampOf(path: string): Promise<string> {
  const stats = await stat(path, { bigint: true }).catch(() => undefined);
  return stats ? `${stats.ino} ${stats.mtimeNs} ${stats.size}` : 'none';
}

/** SHA-256 of the earlier table, where there is one and it is another. */
async function otherHash(folder: string, name: string, sha256: string): Promise<string | undefined> {
  const hash = await hashRegularFile(join(folder, `${name}.arrow`)).catch(() => undefined);
  return hash === sha256 ? undefined : hash;
}

async function metadataOf(file: string): Promise<Readonly<Record<string, string>>> {
  return readArrow(file).then(
    ({ schema }) => Object.fromEntries(schema.metadata),
    () => ({}),
  );
}
