// Worlds of a sweep's cells: what each cell is known to, kept as cells are. Oracle: the worlds of the same scenario as a run draws them.
// What it cannot see: whether worlds themselves are right (test/worlds).
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { judge, type Verdict } from '../../src/expect/judge.js';
import { sweepFromText } from '../../src/scenario/sweep-from-text.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { cellsIn } from '../../src/sweep/cell-engine.js';
import { runSweepOn } from '../../src/sweep/run-sweep.js';
import { readTable } from '../../src/tables/read.js';
import { sweepText } from '../../src/terminal/sweep-text.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { openPool } from '../../src/workers/open-pool.js';
import { poolOn } from '../../src/workers/pool.js';
import { asksForWorlds, runWorlds } from '../../src/worlds/run-worlds.js';
import { uncertaintyRows } from '../../src/worlds/uncertainty-rows.js';
import { inTemporaryFolder } from '../folders.js';
import { THREAD_ENTRY } from '../surroundings.js';

const TEXT = `
version: 1
name: cells
seed: s
samples: 2048
uncertainty: { worlds: 30, samples: 1024 }
node_power_kw: 10
models: { One: { tps: 900 }, Two: { tps: { lognormal: { p5: 500, p95: 2000 }, vary: shared } }, Three: { tps: 5000 } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.8 }, vary: shared }
pue: { lognormal: { p5: 1.05, p95: 1.6 }, vary: shared }
input_tokens: 500
output_tokens: { exponential: { median: 300 } }
regimes: { traditional: {} }
blends: { two: { highest_median_energy: 2 } }
fleet: { blend: two, queries_per_day: 1.0e+6, beta: 1.3, mixes: { all: { traditional: 1 } } }
sweep: { over: { pue: [1.1, 1.5] } }
expect:
  energy.known_low: { above: 0.01 }
  energy_per_day.known_high: { below: 0.00001 }
`;
const sweepOf = (text: string) => sweepFromText(text, 'cells.yaml', async (_, refuse) => refuse('no dataset here'));
const reference = poolOn(callingThread(REFERENCE_ENGINE));
const now = () => new Date(0);

async function swept(folder: string, text = TEXT, options: { name?: string; pool?: typeof reference } = {}) {
  const sweep = await sweepOf(text);
  const { pool = reference, ...named } = options;
  const verdicts: Verdict[] = [];
  const report = await runSweepOn(
    cellsIn(pool, sweep.cells),
    sweep,
    { out: folder, cells: join(folder, 'kept'), now, ...named },
    (cell, summary, uncertainty) => {
      verdicts.push(...judge(sweep.cells[cell].scenario, { summary, uncertainty }, () => undefined));
    },
  );
  return { report, verdicts, file: (name: string) => join(report.folder, name) };
}

describe('a sweep of a scenario that asks for worlds', () => {
  it('writes for each cell what a run of its scenario would, beside the swept values', () =>
    inTemporaryFolder(async (folder) => {
      const { file } = await swept(folder);
      const { rows } = await readTable(file('sweep.uncertainty.arrow'));
      const { cells } = await sweepOf(TEXT);
      for (const [i, { scenario, labels }] of cells.entries()) {
        if (!asksForWorlds(scenario)) throw new Error('a cell asks for no worlds');
        const { blends } = await simulateHere(scenario, { kernel: 'reference' });
        const alone = uncertaintyRows(await runWorlds(reference, scenario, blends.plan.blends));
        const own = rows.filter(({ cell }) => Number(cell) === i);
        expect(own).toEqual(alone.map((row) => ({ cell: i, pue: labels[0], ...row })));
      }
    }));

  it('is judged by what is known of its medians and days', () =>
    inTemporaryFolder(async (folder) => {
      const { verdicts } = await swept(folder);
      expect(verdicts.map(({ holds }) => holds)).toEqual([true, false, true, false]);
      expect(verdicts.every(({ row }) => row !== undefined)).toBe(true);
    }));

  it('keeps worlds as it keeps cells: a second sweep draws none, and its files are the same', () =>
    inTemporaryFolder(async (folder) => {
      const first = await readFile((await swept(folder)).file('sweep.uncertainty.arrow'));
      const sweep = await sweepOf(TEXT);
      const nothing = () => Promise.reject(new Error('something was drawn'));
      const engine = { ...cellsIn(reference, sweep.cells), compute: nothing, worlds: nothing };
      const { folder: out } = await runSweepOn(engine, sweep, { out: folder, cells: join(folder, 'kept'), now });
      expect((await readFile(join(out, 'sweep.uncertainty.arrow'))).equals(first)).toBe(true);
    }));

  it('goes on after a stop with the worlds that it has', () =>
    inTemporaryFolder(async (folder) => {
      const sweep = await sweepOf(TEXT);
      const engine = cellsIn(reference, sweep.cells);
      let drawn = 0;
      const options = { out: folder, cells: join(folder, 'kept'), now };
      const stopping = {
        ...engine,
        worlds: (...args: Parameters<typeof engine.worlds>) =>
          ++drawn > 1 ? Promise.reject(new Error('stopped')) : engine.worlds(...args),
      };
      await expect(runSweepOn(stopping, sweep, options)).rejects.toThrow('stopped');
      let again = 0;
      const going = {
        ...engine,
        worlds: (...args: Parameters<typeof engine.worlds>) => {
          again++;
          return engine.worlds(...args);
        },
      };
      await runSweepOn(going, sweep, options);
      expect(again).toBe(1);
    }));

  it('has the same bytes on two threads', () =>
    inTemporaryFolder(async (folder) => {
      const pool = await openPool(2, THREAD_ENTRY, 'reference');
      try {
        const here = await readFile((await swept(join(folder, 'a'))).file('sweep.uncertainty.arrow'));
        const there = await readFile((await swept(join(folder, 'b'), TEXT, { pool })).file('sweep.uncertainty.arrow'));
        expect(there.equals(here)).toBe(true);
      } finally {
        await pool.close();
      }
    }));

  it('says at the terminal what each cell and its fleet are known to', () =>
    inTemporaryFolder(async (folder) => {
      const { report } = await swept(folder);
      expect(sweepText(report)).toMatch(
        /\n1\.1 +0\.\d+ \(known to 0\.\d+–0\.\d+\) +[\d.]+ MWh \(known to 0\.\d+–[\d.]+\)\n1\.5 /,
      );
    }));

  it('leaves no worlds behind of an earlier sweep of its name that had some', () =>
    inTemporaryFolder(async (folder) => {
      const { report } = await swept(folder, TEXT, { name: 'night' });
      expect(await readdir(report.folder)).toContain('sweep-night.uncertainty.arrow');
      const plain = TEXT.slice(0, TEXT.indexOf('expect:'))
        .replace(/^uncertainty.*\n/m, '')
        .replaceAll(', vary: shared', '');
      await swept(folder, plain, { name: 'night' });
      expect(await readdir(report.folder)).toEqual(['sweep-night.arrow', 'sweep-night.json']);
    }));
});
