// Worlds of a run that is divided into parts, or stopped and resumed: the bytes of one run. Their bytes on threads are compared in
// worlds.test.ts, on a cluster in test/cluster. Cannot see machines that round differently.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { CLI, tokenjoule } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { NESTED_SCENARIO, WORLD_TABLES } from './scenario-text.js';

vi.setConfig({ testTimeout: 120_000 });

/** Enough for some seconds, so that a stop comes in between: at once after a first state is saved. */
const MANY = '40000000';

async function wordsOf(folder: string): Promise<string[]> {
  const files = await Promise.all(WORLD_TABLES.map((table) => readFile(join(folder, 'nested', `${table}.arrow`))));
  return files.map((bytes) => bytes.toString('base64'));
}

async function ends(args: readonly string[], status = 0): Promise<void> {
  const ended = await tokenjoule(args);
  expect(ended.stderr + ended.status).toBe(`${status}`);
}

async function withScenario(use: (file: string, folder: string) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const file = join(folder, 'nested.yaml');
    await writeFile(file, NESTED_SCENARIO);
    await use(file, folder);
  });
}

test('a run divided into parts has the worlds of one run, byte for byte', needs('minutes'), () =>
  withScenario(async (file, folder) => {
    const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')];
    await ends(['run', file, '-q', '-o', whole]);
    for (const pass of ['1', '2'])
      for (const part of ['1/2', '2/2']) await ends(['run', file, '-q', '--shard', part, '--pass', pass, '-o', parts]);
    await ends(['merge', join(parts, 'nested', 'parts'), '-q', '-o', parts]);
    expect(await wordsOf(parts)).toEqual(await wordsOf(whole));
  }),
);

test('a run that is stopped and resumed has the worlds of one run, byte for byte', needs('minutes'), () =>
  withScenario(async (file, folder) => {
    const [whole, resumed] = [join(folder, 'whole'), join(folder, 'resumed')];
    const asked = ['run', file, '-n', MANY, '-q', '-j', '0', '--checkpoint', '1'];
    await ends([...asked, '-o', whole]);
    const stopped = spawn(process.execPath, [CLI, ...asked, '-o', resumed]);
    const states = join(resumed, 'nested', '.checkpoint');
    while (!(await readdir(states).catch(() => [])).some((name) => name.endsWith('.tjstate')))
      await new Promise((done) => setTimeout(done, 20));
    stopped.kill('SIGKILL');
    await once(stopped, 'close');
    await tokenjoule([...asked, '--resume', '-o', resumed]);
    expect(await wordsOf(resumed)).toEqual(await wordsOf(whole));
  }),
);
