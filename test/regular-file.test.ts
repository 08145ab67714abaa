// What is read from disk and what is refused before it is read: pipes and devices, by name and behind links, and files that are
// too large. Cannot see a pipe that takes a file's place between the look at it and its opening.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashRegularFile, readRegularFile, readRegularFileSync } from '../src/regular-file.js';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenjoule-regular-'));
  await writeFile(at('plain'), 'some bytes');
  await writeFile(at('empty'), '');
  await writeFile(at('huge'), '');
  await truncate(at('huge'), 2 ** 40);
  await mkdir(at('folder'));
  await symlink('plain', at('link'));
  await symlink('folder', at('folder-link'));
  await symlink('circle', at('circle'));
  await symlink('/dev/zero', at('zero'));
  execFileSync('mkfifo', [at('pipe')]);
  await symlink('pipe', at('pipe-link'));
});
afterAll(() => rm(folder, { recursive: true }));

const LIMIT = 2 ** 20;
const READERS = {
  readRegularFile: (file: string) => readRegularFile(file, LIMIT),
  readRegularFileSync: async (file: string) => readRegularFileSync(file, LIMIT),
} as const;

describe.each(Object.entries(READERS))('%s', (_, read) => {
  test.each(['plain', 'link'])('reads a file whole: %s', async (name) => {
    expect((await read(at(name))).toString()).toBe('some bytes');
  });

  test('reads an empty file', async () => {
    expect(await read(at('empty'))).toHaveLength(0);
  });

  test.each([
    ['zero', 'ENOTREG', 'is not a regular file'],
    ['pipe', 'ENOTREG', 'is not a regular file'],
    ['pipe-link', 'ENOTREG', 'is not a regular file'],
    ['folder', 'EISDIR', 'is a directory; expected a file'],
    ['folder-link', 'EISDIR', 'is a directory; expected a file'],
    ['none', 'ENOENT', 'no such file'],
    ['circle', 'ELOOP', 'no such file: its links lead in a circle'],
    ['plain/deeper', 'ENOTDIR', 'no such file: a part of its path is a file, not a directory'],
    ['huge', 'EFBIG', 'is too large: 1048576.0 MiB, at most 1 allowed'],
  ])('refuses %s (%s) at once', async (name, code, message) => {
    await expect(read(at(name))).rejects.toMatchObject({ name: 'FileError', code, message });
  });
});

test('a hash is that of the whole file', async () => {
  const bytes = Buffer.alloc(3 * 2 ** 20 + 17, 'abc');
  await writeFile(at('long'), bytes);
  expect(await hashRegularFile(at('long'))).toBe(createHash('sha256').update(bytes).digest('hex'));
  await expect(hashRegularFile(at('pipe'))).rejects.toMatchObject({ code: 'ENOTREG' });
});
