/**
 * Worlds of a trace's rows and of sessions through the command line: the bytes of their tables on no and on two threads, and the
 * closed form of what a shared factor does to a trace. What it cannot see: whether worlds of sessions are right
 * (test/simulate/session-studies.test.ts).
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/tables/read.js';
import { tokenjoule } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';

const SIGMA = 0.1;
const SHARED = `pue: { lognormal: { mu: 0.2, sigma: ${SIGMA} }, vary: shared }\nuncertainty: { worlds: 64, samples: 1024 }`;
/** Standard normal quantile of 0.95. */
const Z95 = 1.6448536269514722;

/** Folders of one shipped scenario with worlds, run on each number of threads. */
async function runOn(folder: string, name: string, threads: readonly string[]): Promise<string[]> {
  const text = await readFile(`scenarios/queries/${name}.yaml`, 'utf8');
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, text.replaceAll('../data/', `${resolve('scenarios')}/data/`).replace('pue: 1.2', SHARED));
  const folders = [];
  for (const count of threads) {
    const out = join(folder, count);
    expect(await tokenjoule(['run', file, '-n', '2048', '-q', '-j', count, '-o', out])).toMatchObject({ status: 0 });
    folders.push(join(out, name));
  }
  return folders;
}

describe('worlds', () => {
  it.each([
    ['a trace', 'azure-conversation'],
    ['sessions', 'chat'],
  ])('of %s have the same bytes on any number of threads', (_, name) =>
    inTemporaryFolder(async (folder) => {
      const folders = await runOn(folder, name, ['0', '2']);
      for (const table of ['summary', 'uncertainty', 'variance']) {
        const [alone, ...others] = await Promise.all(folders.map((out) => readFile(join(out, `${table}.arrow`))));
        for (const bytes of others) expect(bytes.equals(alone), table).toBe(true);
      }
    }),
  );

  it('of a trace draw the same rows, so that all statistics move as the shared factor does', () =>
    inTemporaryFolder(async (folder) => {
      const [out] = await runOn(folder, 'azure-conversation', ['0']);
      const { rows } = await readTable(join(out, 'uncertainty.arrow'));
      const spread = (statistic: string) => {
        const row = rows.find((one) => one.metric === 'energy' && one.statistic === statistic)!;
        return Math.log(Number(row.p95) / Number(row.p05));
      };
      // 64 worlds tell the distance from P5 to P95 to a fifth; that all agree, as far as bins of the histograms do, needs no worlds.
      expect(Math.abs(spread('mean') / (2 * Z95 * SIGMA) - 1)).toBeLessThan(0.35);
      for (const statistic of ['p05', 'p25', 'p50', 'p75', 'p95'])
        expect(Math.abs(spread(statistic) - spread('mean'))).toBeLessThan(1e-3);
    }));
});
