import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { InputError } from '../../src/errors.js';

/** Every test of this folder draws its damage from it. */
export const SEED = 5;

/** Bytes with a stretch replaced by others. */
export const damaged = (bytes: Uint8Array, longest = 12) =>
  fc
    .tuple(fc.nat(bytes.length), fc.nat(longest), fc.uint8Array({ maxLength: longest }))
    .map(([at, cut, put]) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]));

/** Bytes with up to four bits flipped or fields overwritten by what lengths and places should not be; the length stays. */
export const overwritten = (bytes: Uint8Array) =>
  fc
    .array(fc.tuple(fc.nat(bytes.length - 8), fc.constantFrom(...OVERWRITES)), { minLength: 1, maxLength: 4 })
    .map((list) =>
      list.reduce((copy, [at, overwrite]) => {
        overwrite(copy, at);
        return copy;
      }, Buffer.from(bytes)),
    );

type Overwrite = (bytes: Buffer, at: number) => unknown;

const OVERWRITES: readonly Overwrite[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((bit) => (bytes: Buffer, at: number) => bytes.writeUInt8(bytes[at] ^ (1 << bit), at)),
  ...[0x7fffffff, -1, 0x10000000, 0x10000].map(
    (value) => (bytes: Buffer, at: number) => bytes.writeInt32LE(value, at - (at % 4)),
  ),
  ...[2n ** 53n - 1n, 2n ** 40n, 2n ** 62n, -1n].map(
    (value) => (bytes: Buffer, at: number) => bytes.writeBigInt64LE(value, at - (at % 8)),
  ),
];

/** Fails unless the promise is kept, or broken with an InputError that says something; returns what it says. */
export async function refusalOf(reading: Promise<unknown>): Promise<string | undefined> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return undefined;
  if (!(error instanceof InputError)) throw error;
  expect(error.message).not.toBe('');
  return error.message;
}

/** The same, for a property. */
export async function readOrRefused(reading: Promise<unknown>): Promise<void> {
  await refusalOf(reading);
}

/** Each file below a folder with a hash of its bytes, but for those below `except`. */
export async function listingOf(folder: string, except: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (path === except) return [];
    if (entry.isDirectory()) return [path, ...(await listingOf(path, except))];
    return [
      `${path} ${createHash('sha256')
        .update(await readFile(path))
        .digest('hex')}`,
    ];
  });
  return (await Promise.all(lists)).flat().sort();
}
