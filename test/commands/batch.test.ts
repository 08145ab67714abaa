// Several scenario files in one command, good and bad ones. What each run writes is tested elsewhere.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { tokenjouleQuickly } from '../command-line.js';
import { lengthsScenario } from './lengths-scenario.js';

// Each test starts the command line several times, which takes seconds each on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sweep-cli-'));
});
afterAll(() => rm(root, { recursive: true }));

const cli = (...args: string[]) => tokenjouleQuickly(args);
const scenarioFile = (name: string, more?: string, samples?: number) => lengthsScenario(root, name, more, samples);

describe('a batch', () => {
  test('goes on past a bad file, reports it, keeps the results of the others, and exits with 2', async () => {
    const out = join(root, 'batch');
    await scenarioFile('batch-a');
    const bad = await scenarioFile('batch-b', 'pu: 1');
    await scenarioFile('batch-c', 'expect: { energy.p50: { below: 0.01 } }');
    const { status, stdout, stderr } = await cli('run', join(root, 'batch-*.yaml'), '-o', out);
    expect(status).toBe(2);
    expect(stderr).toContain(`${bad}:`);
    expect(stderr).toContain('pu: unknown key; did you mean pue?');
    expect(stderr).toContain('batch-c: expectation failed: energy.p50');
    expect(stdout).toContain('batch-a: ');
    expect(await readdir(out)).toEqual(['batch-a', 'batch-c', 'index.json']);
  });

  test('whose runs cannot all be written exits with 2, and 3 where only expectations failed', async () => {
    const out = join(root, 'blocked');
    await scenarioFile('only-a');
    await scenarioFile('only-b', 'expect: { energy.p50: { below: 0.01 } }');
    expect((await cli('run', join(root, 'only-*.yaml'), '-q', '-o', out)).status).toBe(3);
    await rm(join(out, 'only-a'), { recursive: true });
    await writeFile(join(out, 'only-a'), 'a file where a folder should be');
    const { status, stderr } = await cli('run', join(root, 'only-*.yaml'), '-q', '-o', out);
    expect(status).toBe(2);
    expect(stderr).toContain('only-b: expectation failed');
  });

  test('takes a file once, refuses two of one name, and a pattern that matches nothing', async () => {
    const out = join(root, 'names');
    const file = await scenarioFile('names');
    const copy = join(root, 'copy.yaml');
    await writeFile(copy, await readFile(file));
    expect(await cli('run', file, join(root, 'name?.yaml'), '-q', '-o', out)).toMatchObject({ status: 0, stderr: '' });
    const { status, stderr } = await cli('run', file, copy, join(root, 'none-*.yaml'), '-q', '-o', out);
    expect(status).toBe(2);
    expect(stderr).toBe(
      `tokenjoule run: ${file} and ${copy} both have the name names, and one would overwrite the other; rename one; see tokenjoule --help\n${join(root, 'none-*.yaml')}: no file matches this\n`,
    );
  });
});
