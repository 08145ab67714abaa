// The wall clock jumps ten years back and forth while a run draws and saves states: JavaScript's clock, in every
// thread. Cannot see a jump of the kernel's clock, which timers and `performance.now` do not follow (CLOCK_MONOTONIC).
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { SCENARIOS } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

const CLI = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));
const JUMPING = ['--require', fileURLToPath(new URL('jumping-clock.cjs', import.meta.url))];

async function run(out: string, node: readonly string[], ...more: string[]) {
  const args = ['run', join(SCENARIOS, 'oviedo-2025.yaml'), '-n', '600001', '-j', '2', '--checkpoint', '1', '-o', out];
  return promisify(execFile)(process.execPath, [...node, CLI, ...args, ...more]);
}

async function results(out: string) {
  const folder = join(out, 'oviedo-2025');
  const names = (await readdir(folder)).sort();
  const tables = names.filter((name) => name.endsWith('.arrow'));
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  return { names, manifest, bytes: await Promise.all(tables.map((name) => readFile(join(folder, name), 'base64'))) };
}

test('a wall clock that jumps moves the start in the manifest, and nothing else', needs('minutes'), () =>
  inTemporaryFolder(async (out) => {
    await run(join(out, 'steady'), []);
    const { stdout } = await run(join(out, 'jumping'), JUMPING, '--resume');
    const [steady, jumping] = [await results(join(out, 'steady')), await results(join(out, 'jumping'))];
    expect(jumping.names).toEqual(steady.names);
    expect(jumping.bytes.length).toBe(5);
    expect(jumping.bytes).toEqual(steady.bytes);
    const { started, seconds, samples_per_second, ...rest } = jumping.manifest;
    expect(Math.abs(Date.parse(started) - Date.now())).toBeGreaterThan(2e11);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(300);
    expect(samples_per_second).toBeGreaterThan(0);
    expect(steady.manifest).toMatchObject(rest);
    expect(stdout).not.toMatch(/ in -|-\d+ s/);
  }),
);
