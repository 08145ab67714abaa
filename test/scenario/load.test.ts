// What only the disk can do to a scenario. Not seen here: files that change while they are read.
import { chmod, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/scenario/load.js';
import { problemsOf, RIGHT, ROWS } from './fixtures.js';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenjoule-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function sparse(name: string, bytes: number): Promise<string> {
  const file = await written(name, '');
  await truncate(file, bytes);
  return file;
}

describe('loading a scenario', () => {
  it('reads the dataset from the folder of the scenario', async () => {
    await written('data.csv', ROWS);
    const scenario = await loadScenario(await written('right.yaml', RIGHT));
    expect(scenario.dataset?.file).toBe('data.csv');
    expect(scenario.models).toHaveLength(2);
  });

  it('refuses a missing file', async () => {
    const file = join(folder, 'missing.yaml');
    expect(await problemsOf(loadScenario(file))).toEqual([`${file}: no such file`]);
    expect(await problemsOf(loadScenario(join(file, 'x')))).toEqual([`${join(file, 'x')}: no such file`]);
  });

  it.each(['https://example.org/rows.csv', 's3://bucket/rows.csv', 'data:text/csv,model', 'file:///tmp/rows.csv'])(
    'refuses the address %s in place of a dataset by that name',
    async (address) => {
      const file = await written('address.yaml', RIGHT.replace('data.csv', JSON.stringify(address)));
      const [scheme] = address.split(':');
      expect(await problemsOf(loadScenario(file))).toEqual([
        `${file}:3:24: throughput.dataset: ${address} is an address (${scheme}:), and only files are read; fetch it and name the file`,
      ]);
    },
  );

  it.each([
    ['gzip', gzipSync(RIGHT), 'is compressed (gzip); unpack it first, e.g. with gunzip'],
    ['UTF-16', Buffer.from(`\ufeff${RIGHT}`, 'utf16le'), 'is UTF-16 text; save it as UTF-8'],
    [
      'a workbook',
      Buffer.from('PK\x03\x04'),
      'is a ZIP archive, or a workbook of a spreadsheet (.xlsx, .ods); expected YAML or JSON',
    ],
  ])('names a scenario file that is %s', async (_, bytes, what) => {
    const file = await written('other.yaml', bytes);
    expect(await problemsOf(loadScenario(file))).toEqual([`${file}: ${what}`]);
  });

  it('refuses a path through a file', async () => {
    const file = join(await written('file.yaml', RIGHT), 'x.yaml');
    expect(await problemsOf(loadScenario(file))).toEqual([
      `${file}: no such file: a part of its path is a file, not a directory`,
    ]);
  });

  it('refuses a directory', async () => {
    expect(await problemsOf(loadScenario(folder))).toEqual([`${folder}: is a directory; expected a file`]);
  });

  it('refuses a device', async () => {
    expect(await problemsOf(loadScenario('/dev/zero'))).toEqual(['/dev/zero: is not a regular file']);
  });

  it.skipIf(process.getuid?.() === 0)('refuses a file that it may not read', async () => {
    const file = await written('secret.yaml', RIGHT);
    await chmod(file, 0);
    expect(await problemsOf(loadScenario(file))).toEqual([`${file}: cannot be read: permission denied`]);
  });

  it('refuses a file of a gigabyte without reading it', async () => {
    const file = await sparse('huge.yaml', 2 ** 30);
    const start = performance.now();
    expect(await problemsOf(loadScenario(file))).toEqual([`${file}: is too large: 1024.0 MiB, at most 1 allowed`]);
    expect(performance.now() - start).toBeLessThan(200);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const file = await written('binary.yaml', new Uint8Array([0x61, 0x3a, 0xff, 0xfe]));
    expect(await problemsOf(loadScenario(file))).toEqual([`${file}: not UTF-8 text; expected YAML or JSON in UTF-8`]);
  });

  it('points at the key that names a dataset which cannot be read', async () => {
    const lone = join(folder, 'lone');
    await mkdir(lone);
    const file = await written('lone/s.yaml', RIGHT);
    const place = `${file}:3:24: throughput.dataset`;
    expect(await problemsOf(loadScenario(file))).toEqual([`${place}: ${join(lone, 'data.csv')}: no such file`]);
    await mkdir(join(lone, 'data.csv'));
    expect(await problemsOf(loadScenario(file))).toEqual([
      `${place}: ${join(lone, 'data.csv')}: is a directory; expected a file`,
    ]);
    expect(await problemsOf(loadScenario(file, { set: ['throughput.dataset=x.csv'] }))).toEqual([
      `--set throughput.dataset=x.csv: throughput.dataset: ${join(lone, 'x.csv')}: no such file`,
    ]);
  });

  it('refuses a dataset that is too large', async () => {
    const csv = await sparse('large.csv', 2 ** 25);
    const file = await written('large.yaml', RIGHT.replace('data.csv', csv));
    expect(await problemsOf(loadScenario(file))).toEqual([
      `${file}:3:24: throughput.dataset: ${csv}: is too large: 32.0 MiB, at most 16 allowed`,
    ]);
  });
});
