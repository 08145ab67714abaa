// What is in the folder after success, failure and abort. Permissions cannot be tested as root, so the unwritable places are
// a file in a folder's stead and /proc. A power cut and a full disk are not tried.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import { checkWritable, type OutputFile, writeFiles } from '../../src/tables/output-folder.js';
import { type Owner, ownerText, thisProcess } from '../../src/tables/owner.js';

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tables-output-'));
  folder = join(root, 'output', 'oviedo-2026');
});
afterEach(() => rm(root, { recursive: true }));

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Names and contents of all that is in the folder, hidden or not. */
async function contents(): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (n) => [n, await readFile(join(folder, n), 'utf8')])));
}

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('should have failed'),
    (error: unknown) => error,
  );
}

test('all kinds of content are written, and hash and size are those of the file', async () => {
  const files: OutputFile[] = [
    { name: 'summary.arrow', content: Uint8Array.of(1, 2, 3) },
    { name: 'samples.arrow', content: pieces('first ', 'second ', '', 'third') },
    { name: 'empty', content: pieces() },
    { name: 'manifest.json', content: 'énergie' },
  ];
  const written = await writeFiles(folder, files);
  expect(written.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
  for (const { name, bytes, sha256: hash } of written) {
    const file = await readFile(join(folder, name));
    expect([bytes, hash]).toEqual([file.length, sha256(file)]);
  }
  expect(await contents()).toEqual({
    empty: '',
    'manifest.json': 'énergie',
    'samples.arrow': 'first second third',
    'summary.arrow': '\x01\x02\x03',
  });
});

test('a manifest can state the hashes of the files before it', async () => {
  await writeFiles(folder, [
    { name: 'a', content: 'A' },
    { name: 'b', content: 'BB' },
    { name: 'manifest.json', content: (written) => JSON.stringify(written) },
  ]);
  expect(JSON.parse((await contents())['manifest.json'])).toEqual([
    { name: 'a', bytes: 1, sha256: sha256('A') },
    { name: 'b', bytes: 2, sha256: sha256('BB') },
  ]);
});

test('earlier results stay in sight until the last file is complete; files of other names stay for good', async () => {
  async function* files(): AsyncGenerator<OutputFile> {
    yield { name: 'a', content: 'new' };
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old');
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual(['a', 'notes.txt']);
    yield { name: 'b', content: 'new' };
  }
  await writeFiles(folder, [{ name: 'a', content: 'old' }]);
  await writeFile(join(folder, 'notes.txt'), 'mine');
  await writeFiles(folder, files());
  expect(await contents()).toEqual({ a: 'new', b: 'new', 'notes.txt': 'mine' });
});

test('a content that fails leaves the earlier results and nothing else, and its error comes through', async () => {
  async function* failing() {
    yield Buffer.from('half');
    throw new RangeError('worker died');
  }
  await writeFiles(folder, [{ name: 'a', content: 'old' }]);
  const files = [
    { name: 'a', content: 'new' },
    { name: 'b', content: failing() },
  ];
  expect(await failureOf(writeFiles(folder, files))).toEqual(new RangeError('worker died'));
  expect(await contents()).toEqual({ a: 'old' });
});

test('a list of files that fails leaves the earlier results and nothing else', async () => {
  function* files() {
    yield { name: 'a', content: 'new' };
    throw new Error('no more');
  }
  await writeFiles(folder, [{ name: 'a', content: 'old' }]);
  expect(await failureOf(writeFiles(folder, files()))).toEqual(new Error('no more'));
  expect(await contents()).toEqual({ a: 'old' });
});

test('an abort between two pieces leaves the earlier results, closes the source, and comes through as the reason', async () => {
  const abort = new AbortController();
  let closed = false;
  async function* endless() {
    try {
      for (let i = 0; ; i++) {
        if (i === 3) abort.abort(new Error('Ctrl-C'));
        yield Buffer.from('piece');
      }
    } finally {
      closed = true;
    }
  }
  await writeFiles(folder, [{ name: 'a', content: 'old' }]);
  const files = [
    { name: 'a', content: 'new' },
    { name: 'b', content: endless() },
  ];
  expect(await failureOf(writeFiles(folder, files, { signal: abort.signal }))).toEqual(new Error('Ctrl-C'));
  expect(closed).toBe(true);
  expect(await contents()).toEqual({ a: 'old' });
});

test('an abort after the last piece still comes before the renaming', async () => {
  const abort = new AbortController();
  async function* last() {
    yield Buffer.from('whole');
    abort.abort();
  }
  const error = await failureOf(writeFiles(folder, [{ name: 'a', content: last() }], { signal: abort.signal }));
  expect(error).toMatchObject({ name: 'AbortError' });
  expect(await contents()).toEqual({});
});

test('two runs into one folder at once do not mix their files', async () => {
  const run = (letter: string) => writeFiles(folder, [{ name: 'a', content: pieces(...Array(50).fill(letter)) }]);
  await Promise.all([run('x'), run('y'), run('z')]);
  expect((await contents()).a).toMatch(/^(x{50}|y{50}|z{50})$/);
  expect(await readdir(folder)).toEqual(['a']);
});

test('what a crashed run left is removed, what a living one or anybody else has there is not', async () => {
  const self = thisProcess();
  const staging = (owner: Owner) => `.tokenjoule-${ownerText(owner)}-Ab3dE_`;
  const dead = staging({ ...self, pid: 4_194_305 }); // above Linux's highest possible pid, 4194304
  const others = [staging(self), staging({ ...self, host: 'ffffffff' }), '.tokenjoule-4194305', 'tokenjoule'];
  for (const name of [dead, ...others]) await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, dead, 'samples.arrow'), 'half');
  await writeFiles(folder, [{ name: 'a', content: '' }]);
  expect((await readdir(folder)).sort()).toEqual([...others, 'a'].sort());
});

test.each([
  ['the folder is a file', 'plain', 'is a file, not a folder, or lies under one'],
  ['the folder lies under a file', 'plain/deep/er', 'is a file, not a folder, or lies under one'],
  ['its name is too long', `x/${'n'.repeat(300)}`, 'has too long a name'],
])('results cannot be written where %s', async (_, place, message) => {
  await writeFile(join(root, 'plain'), 'mine');
  const file = join(root, place);
  const error = await failureOf(writeFiles(file, [{ name: 'a', content: '' }]));
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).problems).toEqual([
    { file, key: '', message: `${message}; choose another folder with --out` },
  ]);
  expect(await readFile(join(root, 'plain'), 'utf8')).toBe('mine');
});

test('results cannot be written over a folder of the same name', async () => {
  await mkdir(join(folder, 'a'), { recursive: true });
  expect(await failureOf(writeFiles(folder, [{ name: 'a', content: '' }]))).toMatchObject({
    problems: [{ message: 'holds a folder where a result file should go; choose another folder with --out' }],
  });
  expect(await readdir(folder)).toEqual(['a']);
});

test('a folder in the way of one file leaves the earlier files of all others', async () => {
  const files = (letter: string) => ['a', 'b', 'c'].map((name) => ({ name, content: letter }));
  await writeFiles(folder, files('x'));
  await rm(join(folder, 'b'));
  await mkdir(join(folder, 'b'));
  await expect(writeFiles(folder, files('y'))).rejects.toThrow('holds a folder where a result file should go');
  expect(await Promise.all(['a', 'c'].map((name) => readFile(join(folder, name), 'utf8')))).toEqual(['x', 'x']);
});

test('the check before a run finds the same places, and leaves nothing behind in any case', async () => {
  await writeFile(join(root, 'plain'), 'mine');
  for (const file of [join(root, 'plain'), join(root, 'plain', 'deep')]) {
    const message = 'is a file, not a folder, or lies under one; choose another folder with --out';
    expect(await failureOf(checkWritable(file))).toMatchObject({ problems: [{ file, key: '', message }] });
  }
  await checkWritable(folder);
  await checkWritable(root);
  expect(await readdir(root)).toEqual(['plain']);
});

test.runIf(process.platform === 'linux')('nothing can be written into /proc', async () => {
  const problems = [
    { file: '/proc/results', key: '', message: 'cannot be created there; choose another folder with --out' },
  ];
  expect(await failureOf(checkWritable('/proc/results'))).toMatchObject({ problems });
  expect(await failureOf(writeFiles('/proc/results', []))).toMatchObject({ problems });
});
