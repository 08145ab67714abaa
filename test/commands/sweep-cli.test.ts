// Sweeps, expectations and batches through the built command line. What the numbers themselves are worth is tested elsewhere.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { tableMetadata } from '../../src/result/manifest.js';
import { loadScenario } from '../../src/scenario/load.js';
import { readTable } from '../../src/tables/read.js';
import { SUMMARY, type SummaryRow } from '../../src/tables/schema.js';
import { encodeTable } from '../../src/tables/write.js';

// Each test starts the command line several times, which takes seconds each on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const CLI = resolve('dist/cli.cjs');
const LENGTHS = 'scenarios/sweep-input-length.yaml';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sweep-cli-'));
});
afterAll(() => rm(root, { recursive: true }));

function tokenjoule(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** The shipped sweep under another name and with more at its end, in the root. */
async function scenarioFile(name: string, more = '', samples = 3000): Promise<string> {
  const text = (await readFile(LENGTHS, 'utf8'))
    .replace('name: sweep-input-length', `name: ${name}`)
    .replace('samples: 1000000', `samples: ${samples}`)
    .replace('data/throughput', `${resolve('scenarios')}/data/throughput`);
  const file = join(root, `${name}.yaml`);
  await writeFile(file, `${text}\n${more}\n`);
  return file;
}

interface SweepJson {
  readonly sweeps: readonly { readonly cells: readonly { readonly key: string; readonly reused: boolean }[] }[];
}

const reusedIn = (stdout: string) => (JSON.parse(stdout) as SweepJson).sweeps[0].cells.map(({ reused }) => reused);

describe('a sweep', () => {
  test('has in each cell the very rows of a plain run with these values', async () => {
    const out = join(root, 'rows');
    const file = await scenarioFile('rows');
    expect(tokenjoule('sweep', file, '-q', '-o', out)).toEqual({ status: 0, stdout: '', stderr: '' });
    const { rows, columns, metadata } = await readTable(join(out, 'rows', 'sweep.arrow'));
    expect(columns.slice(0, 2)).toEqual([
      { name: 'cell', type: 'count', unit: '1', meaning: 'number of the cell in the sweep, from 0' },
      { name: 'input_tokens', type: 'float', unit: 'tok', meaning: 'value of input_tokens in this cell' },
    ]);
    expect(metadata['tokenjoule.cells']).toBe('3');
    for (const [cell, tokens] of [500, 1000, 5000].entries()) {
      const plain = join(root, `plain-${tokens}`);
      const set = [`input_tokens=${tokens}`];
      expect(tokenjoule('run', file, '-q', '-o', plain, '--set', set[0]).status).toBe(0);
      const own = rows.filter((row) => row.cell === cell && row.input_tokens === tokens);
      const bare = own.map(({ cell: _, input_tokens: __, ...row }) => row) as unknown as SummaryRow[];
      const metadata = tableMetadata(await loadScenario(file, { set }));
      const bytes = await encodeTable(SUMMARY, bare, metadata);
      expect(Buffer.from(bytes).equals(await readFile(join(plain, 'rows', 'summary.arrow')))).toBe(true);
    }
  });

  test('is the same file for 0, 1 and 2 workers, whole cells and split ones, and after any part was kept', async () => {
    const over = ['--over', 'pue=1.1,{lognormal: {p5: 1.05, p95: 1.6}}'];
    const file = await scenarioFile('same', '', 70_000);
    const files: Buffer[] = [];
    for (const workers of ['0', '1', '2']) {
      const out = join(root, `same-${workers}`);
      expect(tokenjoule('sweep', file, '-q', '-o', out, '-j', workers, ...over)).toMatchObject({
        status: 0,
        stderr: '',
      });
      files.push(await readFile(join(out, 'same', 'sweep.arrow')));
    }
    const out = join(root, 'same-kept');
    tokenjoule('sweep', file, '-q', '-o', out, '-j', '0', '--over', 'pue={lognormal: {p5: 1.05, p95: 1.6}}');
    const { stdout } = tokenjoule('sweep', file, '--json', '-o', out, '-j', '0', ...over);
    expect(reusedIn(stdout).filter((reused) => reused)).toHaveLength(3);
    files.push(await readFile(join(out, 'same', 'sweep.arrow')));
    for (const other of files) expect(other.equals(files[0])).toBe(true);
    const { columns, rows } = await readTable(join(out, 'same', 'sweep.arrow'));
    expect(columns.find(({ name }) => name === 'pue')?.type).toBe('text');
    expect(new Set(rows.map(({ pue }) => pue))).toEqual(new Set(['1.1', '{"lognormal":{"p5":1.05,"p95":1.6}}']));
  });

  test('computes only what changed, everything with --force, and a damaged cell again', async () => {
    const out = join(root, 'changed');
    const file = await scenarioFile('changed');
    const sweep = (...args: string[]) => reusedIn(tokenjoule('sweep', file, '--json', '-o', out, ...args).stdout);
    expect(sweep()).toEqual([false, false, false]);
    expect(sweep()).toEqual([true, true, true]);
    await scenarioFile('changed', 'expect: { energy.p50: { above: 0 } }');
    expect(sweep()).toEqual([true, true, true]);
    await writeFile(file, (await readFile(file, 'utf8')).replace('[500, 1000, 5000]', '[500, 2000, 5000]'));
    expect(sweep()).toEqual([true, false, true]);
    expect(sweep('--seed', 'other')).toEqual([false, false, false]);
    expect(sweep('--force')).toEqual([false, false, false]);
    const key = (JSON.parse(tokenjoule('sweep', file, '--json', '-o', out).stdout) as SweepJson).sweeps[0].cells[1].key;
    const path = join(out, '.cells', key.slice(0, 2), `${key}.cell`);
    await writeFile(path, (await readFile(path, 'utf8')).replace(/\d/, '9'));
    const table = await readFile(join(out, 'changed', 'sweep.arrow'));
    await writeFile(path, 'x');
    expect(sweep()).toEqual([true, false, true]);
    expect((await readFile(join(out, 'changed', 'sweep.arrow'))).equals(table)).toBe(true);
  });

  test('that is killed goes on where it stopped', async () => {
    const out = join(root, 'killed');
    const file = await scenarioFile('killed', '', 20_000);
    const over = `seed=${Array.from({ length: 30 }, (_, i) => i).join(',')}`;
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
    expect(kept).toBeLessThan(30);
    expect(existsSync(join(out, 'killed', 'sweep.arrow'))).toBe(false);
    const reused = reusedIn(tokenjoule(...args, '--json').stdout);
    expect(reused).toHaveLength(30);
    expect(reused.filter((one) => one)).toHaveLength(kept);
    tokenjoule(...args, '--force', '-o', `${out}-whole`);
    const [table, whole] = await Promise.all(
      [out, `${out}-whole`].map((folder) => readFile(join(folder, 'killed', 'sweep.arrow'))),
    );
    expect(table.equals(whole)).toBe(true);
  });

  test('prints its cells, and clean removes what it kept', async () => {
    const out = join(root, 'clean');
    const file = await scenarioFile('clean');
    expect(tokenjoule('sweep', file, '-o', out).stdout).toMatch(
      /^clean: .*\n3 cells, seed "oviedo"; median energy, Wh\/query\n\ninput_tokens {2}traditional, frontier\n500 +0\.3\d+\n1000 +0\.4\d+\n5000 +[12]\.\d+\n\nnote: about 2\.1 % of pue draws are below 1 .*\nnote: about 1\.9 % of power_utilization draws are above 1 .*\n\n3 cells computed, 0 kept from before, in .*; 2 files in .*\n$/,
    );
    expect(tokenjoule('clean', '-o', out, '--older-than', '1').stdout).toMatch(
      /: 0 cells removed \(0\.0 MB\), 3 cells left/,
    );
    expect(tokenjoule('clean', '-o', out, '--all').stdout).toMatch(/: 3 cells removed \(0\.\d MB\), 0 cells left/);
    expect(await keptIn(out)).toBe(0);
    expect(tokenjoule('clean', '-o', out)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'tokenjoule clean: say what to remove: --older-than DAYS, --keep SIZE or --all; see tokenjoule --help\n',
    });
  });

  test('the shipped ones run', async () => {
    const out = join(root, 'shipped');
    const { status, stdout } = tokenjoule('sweep', 'scenarios/sweep-*.yaml', '-n', '500', '-o', out);
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

describe('expectations', () => {
  test('that hold say so; one that fails makes the exit status 3, and the results are there', async () => {
    const out = join(root, 'expect');
    const file = await scenarioFile('nightly', 'expect:\n  energy.p50: { within: [0.3, 0.37], subject: frontier }');
    const good = tokenjoule('run', file, '-o', out);
    expect(good).toMatchObject({ status: 0, stderr: '' });
    expect(good.stdout).toMatch(/\nexpectations: 1 of 1 hold\n$/);
    const bad = tokenjoule('run', file, '-o', out, '-q', '--set', 'pue=3');
    expect(bad.status).toBe(3);
    expect(bad.stderr).toMatch(
      /^nightly: expectation failed: energy\.p50, traditional, frontier\n {2}expected {2}0\.3000–0\.3700 Wh\/query\n {2}found {5}0\.\d{4} Wh\/query \(95 % interval 0\.\d{4}–0\.\d{4}\), \d+ % above 0\.3700\n$/,
    );
    expect(existsSync(join(out, 'nightly', 'summary.arrow'))).toBe(true);
  });

  test('compare with an earlier result, also of the same folder, and fail on a move and not on other draws', async () => {
    const out = join(root, 'night');
    const file = await scenarioFile(
      'drift',
      'expect:\n  energy.p50: { ratio_to: night/drift, within: [0.99, 1.01] }',
      50_000,
    );
    const early = tokenjoule('run', file, '-o', out);
    expect(early.status).toBe(2);
    expect(early.stderr).toBe(
      `${join(out, 'drift', 'manifest.json')}: ratio_to: does not exist or cannot be read; make the earlier result first, or leave the expectation out\n`,
    );
    expect(tokenjoule('run', file, '-q', '-o', out, '--set', 'expect={energy.p50: {above: 0}}').status).toBe(0);
    expect(tokenjoule('run', file, '-q', '-o', join(root, 'elsewhere')).status).toBe(0);
    expect(tokenjoule('run', file, '-q', '-o', join(root, 'elsewhere'), '--seed', 'other').status).toBe(0);
    const moved = tokenjoule(
      'run',
      file,
      '-q',
      '-o',
      out,
      '--set',
      'node_power_kw=10.8',
      '--set',
      'models.DeepSeek-R1.node_power_kw=13.6',
    );
    expect(moved.status).toBe(3);
    expect(moved.stderr).toContain('expected  0.9900–1.010 × night/drift');
    expect(tokenjoule('run', file, '-q', '-o', out).status).toBe(3);
  });

  test('of a sweep are held in every cell, ratios against the same cell of the earlier sweep', async () => {
    const out = join(root, 'cells');
    const file = await scenarioFile('cells', 'expect:\n  energy.p50: { below: 1 }');
    const { status, stderr } = tokenjoule('sweep', file, '-q', '-o', out);
    expect(status).toBe(3);
    expect(stderr).toContain(
      'cells, cell 2 (input_tokens = 5000): expectation failed: energy.p50, traditional, frontier',
    );
    expect(stderr.match(/expectation failed/g)).toHaveLength(1);
    await scenarioFile('cells', 'expect:\n  energy.p50: { ratio_to: cells/cells, within: [0.999, 1.001] }');
    expect(tokenjoule('sweep', file, '-q', '-o', out).status).toBe(0);
    const moved = tokenjoule('sweep', file, '-q', '-o', out, '--set', 'prefill_weight=0.1', '-n', '100000');
    expect(moved.status).toBe(3);
    expect(moved.stderr.match(/expectation failed/g)).toHaveLength(3);
  });
});

describe('a batch', () => {
  test('goes on past a bad file, reports it, keeps the results of the others, and exits with 2', async () => {
    const out = join(root, 'batch');
    await scenarioFile('batch-a');
    const bad = await scenarioFile('batch-b', 'pu: 1');
    await scenarioFile('batch-c', 'expect: { energy.p50: { below: 0.01 } }');
    const { status, stdout, stderr } = tokenjoule('run', join(root, 'batch-*.yaml'), '-o', out);
    expect(status).toBe(2);
    expect(stderr).toContain(`${bad}:`);
    expect(stderr).toContain('pu: unknown key; did you mean pue?');
    expect(stderr).toContain('batch-c: expectation failed: energy.p50');
    expect(stdout).toContain('batch-a: ');
    expect(await readdir(out)).toEqual(['batch-a', 'batch-c']);
  });

  test('whose runs cannot all be written exits with 2, and 3 where only expectations failed', async () => {
    const out = join(root, 'blocked');
    await scenarioFile('only-a');
    await scenarioFile('only-b', 'expect: { energy.p50: { below: 0.01 } }');
    expect(tokenjoule('run', join(root, 'only-*.yaml'), '-q', '-o', out).status).toBe(3);
    await rm(join(out, 'only-a'), { recursive: true });
    await writeFile(join(out, 'only-a'), 'a file where a folder should be');
    const { status, stderr } = tokenjoule('run', join(root, 'only-*.yaml'), '-q', '-o', out);
    expect(status).toBe(2);
    expect(stderr).toContain('only-b: expectation failed');
  });

  test('takes a file once, refuses two of one name, and a pattern that matches nothing', async () => {
    const out = join(root, 'names');
    const file = await scenarioFile('names');
    const copy = join(root, 'copy.yaml');
    await writeFile(copy, await readFile(file));
    expect(tokenjoule('run', file, join(root, 'name?.yaml'), '-q', '-o', out)).toMatchObject({ status: 0, stderr: '' });
    const { status, stderr } = tokenjoule('run', file, copy, join(root, 'none-*.yaml'), '-q', '-o', out);
    expect(status).toBe(2);
    expect(stderr).toBe(
      `tokenjoule run: ${file} and ${copy} both have the name names, and one would overwrite the other; rename one; see tokenjoule --help\n${join(root, 'none-*.yaml')}: no file matches this\n`,
    );
  });
});
