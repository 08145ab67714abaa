// Sweeps by the built command line. What the numbers themselves are worth is tested elsewhere.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { tableMetadata } from '../../src/result/manifest.js';
import { loadScenario } from '../../src/scenario/load.js';
import { readTable } from '../../src/tables/read.js';
import { SUMMARY, type SummaryRow } from '../../src/tables/schema.js';
import { encodeTable } from '../../src/tables/write.js';
import { CLI, tokenjouleQuickly } from '../command-line.js';
import { needs, tries } from '../needs.js';
import { lengthsScenario } from './lengths-scenario.js';

// Each test starts the command line several times, which takes seconds each on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

/** Of a sweep that is killed after a few. */
const CELLS = tries(15, 30);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sweep-cli-'));
});
afterAll(() => rm(root, { recursive: true }));

const cli = (...args: string[]) => tokenjouleQuickly(args);
const scenarioFile = (name: string, more?: string, samples?: number) => lengthsScenario(root, name, more, samples);

interface SweepJson {
  readonly sweeps: readonly { readonly cells: readonly { readonly key: string; readonly reused: boolean }[] }[];
}

const reusedIn = (stdout: string) => (JSON.parse(stdout) as SweepJson).sweeps[0].cells.map(({ reused }) => reused);

describe('a sweep', () => {
  test('has in each cell the very rows of a plain run with these values', needs('minutes'), async () => {
    const out = join(root, 'rows');
    const file = await scenarioFile('rows');
    expect(await cli('sweep', file, '-q', '-o', out)).toEqual({ status: 0, stdout: '', stderr: '' });
    const { rows, columns, metadata } = await readTable(join(out, 'rows', 'sweep.arrow'));
    expect(columns.slice(0, 2)).toEqual([
      { name: 'cell', type: 'count', unit: '1', meaning: 'number of the cell in the sweep, from 0' },
      { name: 'input_tokens', type: 'float', unit: 'tok', meaning: 'value of input_tokens in this cell' },
    ]);
    expect(metadata['tokenjoule.cells']).toBe('3');
    for (const [cell, tokens] of [500, 1000, 5000].entries()) {
      const plain = join(root, `plain-${tokens}`);
      const set = [`input_tokens=${tokens}`];
      expect((await cli('run', file, '-q', '-o', plain, '--set', set[0])).status).toBe(0);
      const own = rows.filter((row) => row.cell === cell && row.input_tokens === tokens);
      const bare = own.map(({ cell: _, input_tokens: __, ...row }) => row) as unknown as SummaryRow[];
      const metadata = tableMetadata(await loadScenario(file, { set }));
      const bytes = await encodeTable(SUMMARY, bare, metadata);
      expect(Buffer.from(bytes).equals(await readFile(join(plain, 'rows', 'summary.arrow')))).toBe(true);
    }
  });

  test(
    'is the same file for 0, 1 and 2 workers, whole cells and split ones, and after any part was kept',
    needs('minutes'),
    async () => {
      const over = ['--over', 'pue=1.1,{lognormal: {p5: 1.05, p95: 1.6}}'];
      const file = await scenarioFile('same', '', 70_000);
      const files: Buffer[] = [];
      for (const workers of ['0', '1', '2']) {
        const out = join(root, `same-${workers}`);
        expect(await cli('sweep', file, '-q', '-o', out, '-j', workers, ...over)).toMatchObject({
          status: 0,
          stderr: '',
        });
        files.push(await readFile(join(out, 'same', 'sweep.arrow')));
      }
      const out = join(root, 'same-kept');
      await cli('sweep', file, '-q', '-o', out, '-j', '0', '--over', 'pue={lognormal: {p5: 1.05, p95: 1.6}}');
      const { stdout } = await cli('sweep', file, '--json', '-o', out, '-j', '0', ...over);
      expect(reusedIn(stdout).filter((reused) => reused)).toHaveLength(3);
      files.push(await readFile(join(out, 'same', 'sweep.arrow')));
      for (const other of files) expect(other.equals(files[0])).toBe(true);
      const { columns, rows } = await readTable(join(out, 'same', 'sweep.arrow'));
      expect(columns.find(({ name }) => name === 'pue')?.type).toBe('text');
      expect(new Set(rows.map(({ pue }) => pue))).toEqual(new Set(['1.1', '{"lognormal":{"p5":1.05,"p95":1.6}}']));
    },
  );

  test('computes only what changed, everything with --force, and a damaged cell again', needs('minutes'), async () => {
    const out = join(root, 'changed');
    const file = await scenarioFile('changed');
    const sweep = async (...args: string[]) =>
      reusedIn((await cli('sweep', file, '--json', '-o', out, ...args)).stdout);
    expect(await sweep()).toEqual([false, false, false]);
    expect(await sweep()).toEqual([true, true, true]);
    await scenarioFile('changed', 'expect: { energy.p50: { above: 0 } }');
    expect(await sweep()).toEqual([true, true, true]);
    await writeFile(file, (await readFile(file, 'utf8')).replace('[500, 1000, 5000]', '[500, 2000, 5000]'));
    expect(await sweep()).toEqual([true, false, true]);
    expect(await sweep('--seed', 'other')).toEqual([false, false, false]);
    expect(await sweep('--force')).toEqual([false, false, false]);
    const key = (JSON.parse((await cli('sweep', file, '--json', '-o', out)).stdout) as SweepJson).sweeps[0].cells[1]
      .key;
    const path = join(out, '.cells', key.slice(0, 2), `${key}.cell`);
    await writeFile(path, (await readFile(path, 'utf8')).replace(/\d/, '9'));
    const table = await readFile(join(out, 'changed', 'sweep.arrow'));
    await writeFile(path, 'x');
    expect(await sweep()).toEqual([true, false, true]);
    expect((await readFile(join(out, 'changed', 'sweep.arrow'))).equals(table)).toBe(true);
  });

  test('that is killed goes on where it stopped', needs('minutes'), async () => {
    const out = join(root, 'killed');
    const file = await scenarioFile('killed', '', 20_000);
    const over = `seed=${Array.from({ length: CELLS }, (_, i) => i).join(',')}`;
    const args = [
      'sweep',
      file,
      '-q',
      '-o',
      out,
      '-j',
      '1',
      '--over',
      over,
      '--set',
      'sweep.over={input_tokens: [500]}',
    ];
    const child = spawn(process.execPath, [CLI, ...args], { stdio: 'ignore' });
    const ended = new Promise((done) => child.once('exit', done));
    while ((await keptIn(out)) < 3) await new Promise((later) => setTimeout(later, 20));
    child.kill('SIGKILL');
    await ended;
    const kept = await keptIn(out);
    expect(kept).toBeLessThan(CELLS);
    expect(existsSync(join(out, 'killed', 'sweep.arrow'))).toBe(false);
    const reused = reusedIn((await cli(...args, '--json')).stdout);
    expect(reused).toHaveLength(CELLS);
    expect(reused.filter((one) => one)).toHaveLength(kept);
    await cli(...args, '--force', '-o', `${out}-whole`);
    const [table, whole] = await Promise.all(
      [out, `${out}-whole`].map((folder) => readFile(join(folder, 'killed', 'sweep.arrow'))),
    );
    expect(table.equals(whole)).toBe(true);
  });

  test('prints its cells, and clean removes what it kept', async () => {
    const out = join(root, 'clean');
    const file = await scenarioFile('clean');
    expect((await cli('sweep', file, '-o', out)).stdout).toMatch(
      /^clean: .*\n3 cells, seed "oviedo"; median energy, Wh\/query\n\ninput_tokens {2}traditional, frontier\n500 +0\.3\d+\n1000 +0\.4\d+\n5000 +[12]\.\d+\n\nnote: DeepSeek-R1: rows of different hardware are taken together: .*\nnote: DeepSeek-R1: the weights of .*\nnote: 3 of 25 rows of .* are in no fit: .*\nnote: about 1\.9 % of power_utilization draws are above 1 .*\nnote: about 2\.1 % of pue draws are below 1 .*\n\n3 cells computed, 0 kept from before, in .*; 2 files in .*\n$/,
    );
    expect((await cli('clean', '-o', out, '--older-than', '1')).stdout).toMatch(
      /: 0 cells removed \(0\.0 MB\), 3 cells left/,
    );
    expect((await cli('clean', '-o', out, '--all')).stdout).toMatch(/: 3 cells removed \(0\.\d MB\), 0 cells left/);
    expect(await keptIn(out)).toBe(0);
    expect(await cli('clean', '-o', out)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'tokenjoule clean: say what to remove: --older-than DAYS, --keep SIZE or --all; see tokenjoule --help\n',
    });
  });

  test('the shipped ones run', needs('minutes'), async () => {
    const out = join(root, 'shipped');
    const { status, stdout } = await cli('sweep', 'scenarios/sweep-*.yaml', '-n', '500', '-o', out);
    expect(status).toBe(0);
    expect(stdout).toContain('36 cells computed');
    const { rows } = await readTable(join(out, 'sweep-coupled-utilization', 'sweep.arrow'));
    expect(new Set(rows.map((row) => row.power_utilization))).toEqual(new Set(['independent', 'coupled']));
  });
});

async function keptIn(out: string): Promise<number> {
  const names = await readdir(join(out, '.cells'), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith('.cell')).length;
}
