// Cells on disk: what is kept, what is refused as damaged, what is pruned. A power cut and a full disk are not tried.
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.js';
import { cellKey } from '../../src/sweep/cells/cell-key.js';
import { cellPath, openCellStore } from '../../src/sweep/cells/cell-store.js';
import { prune } from '../../src/sweep/cells/prune.js';
import { SUMMARY, type SummaryRow } from '../../src/tables/schema.js';

const PAPER = 'scenarios/oviedo-2026.yaml';
const KEY = 'ab'.repeat(32);
const NOW = new Date('2026-11-24T00:00:00Z');

const ROW: SummaryRow = {
  scenario: 'night',
  regime: 'traditional',
  subject_kind: 'blend',
  subject: 'frontier',
  pathway: 'baseline',
  trim: 'none',
  metric: 'energy',
  unit: 'Wh/query',
  n: 3,
  mean: 0.1 + 0.2,
  std: 5e-324,
  p05: 1 / 3,
  p25: 1e300,
  p50: null,
  p75: 0,
  p95: 2,
  iqr: 1,
  p50_ci_low: 1,
  p50_ci_high: 2,
  formula: 'oviedo',
  boundary: 'facility',
  mean_low: 0.3,
  mean_high: null,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cells-'));
});
afterEach(() => rm(folder, { recursive: true }));

const store = () => openCellStore(SUMMARY, folder, () => NOW);

test('what is kept comes back to the last bit, under the name that asks', async () => {
  await store().write(KEY, [ROW]);
  expect(await store().read(KEY, 'night')).toEqual([ROW]);
  expect(await store().read(KEY, 'day')).toEqual([{ ...ROW, scenario: 'day' }]);
  expect(await store().read('cd'.repeat(32), 'night')).toBeUndefined();
});

test('a file that was cut short, changed in one place, or copied under another key counts as not there', async () => {
  await store().write(KEY, [ROW]);
  const path = cellPath(folder, KEY);
  const text = await readFile(path, 'utf8');
  const other = cellPath(folder, 'cd'.repeat(32));
  await mkdir(dirname(other), { recursive: true });
  await writeFile(other, text);
  expect(await store().read('cd'.repeat(32), 'night')).toBeUndefined();
  for (const damaged of [text.slice(0, -1), text.slice(0, 100), '', text.replace('0.333', '0.334'), `${text}x`]) {
    await writeFile(path, damaged);
    expect(await store().read(KEY, 'night')).toBeUndefined();
  }
});

test('writing leaves one file and nothing beside it', async () => {
  await Promise.all([store().write(KEY, [ROW]), store().write(KEY, [ROW])]);
  expect(await readdir(join(folder, 'ab'))).toEqual([`${KEY}.cell`]);
});

test('a key follows seed, samples, values, version and kernel, and not what changes no number', async () => {
  const keyOf = async (set: string[], version = '1.0.0', kernel = 'wasm-simd') =>
    cellKey(await loadScenario(PAPER, { set: ['samples=10', ...set] }), version, kernel);
  const key = await keyOf([]);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  for (const set of ['seed=other', 'samples=11', 'pue=1.2', 'models.Mixtral 8x22B.tps=9']) {
    expect(await keyOf([set])).not.toBe(key);
  }
  expect(await keyOf([], '1.0.1')).not.toBe(key);
  expect(await keyOf([], '1.0.0', 'reference')).not.toBe(key);
  for (const set of ['name=other', 'description=other', 'expect={energy.p50: {below: 1}}', 'published.source=me']) {
    expect(await keyOf([set])).toBe(key);
  }
});

/** Keeps cells that were last used so many days ago, the first one first. */
async function keep(...days: number[]): Promise<string[]> {
  const keys = days.map((_, i) => `${i}${i}`.repeat(32));
  for (const [i, key] of keys.entries()) {
    await store().write(key, [ROW]);
    const used = new Date(NOW.getTime() - days[i] * 86_400_000);
    await utimes(cellPath(folder, key), used, used);
  }
  return keys;
}

const present = async (keys: string[]) =>
  (await Promise.all(keys.map((key) => readFile(cellPath(folder, key)).catch(() => undefined)))).map((file) => !!file);

test('pruning by age goes by the last use', async () => {
  const keys = await keep(1, 40, 40);
  await store().touch(keys[2]);
  const result = await prune(folder, { unusedSince: new Date(NOW.getTime() - 30 * 86_400_000) }, NOW);
  expect(await present(keys)).toEqual([true, false, true]);
  expect(result).toMatchObject({ removed: 1, kept: 2 });
});

test('pruning by size removes the longest unused first', async () => {
  const keys = await keep(3, 1, 2);
  const bytes = (await readFile(cellPath(folder, keys[0]))).length;
  const result = await prune(folder, { maxBytes: 2 * bytes }, NOW);
  expect(await present(keys)).toEqual([false, true, true]);
  expect(result).toEqual({ removed: 1, removedBytes: bytes, kept: 2, keptBytes: 2 * bytes });
});

test('pruning everything leaves what is not of the store, and what a live process is writing', async () => {
  const keys = await keep(1);
  const shard = dirname(cellPath(folder, keys[0]));
  const stale = join(shard, `${keys[0]}.cell.${'1'.repeat(36)}.tmp`);
  const fresh = join(shard, `${keys[0]}.cell.${'2'.repeat(36)}.tmp`);
  const others = [join(folder, 'notes.txt'), join(shard, 'notes.cell')];
  for (const file of [stale, fresh, ...others]) await writeFile(file, 'x');
  await utimes(stale, NOW, new Date(NOW.getTime() - 2 * 3_600_000));
  await utimes(fresh, NOW, NOW);
  await prune(folder, { all: true }, NOW);
  expect((await readdir(shard)).sort()).toEqual([`${keys[0]}.cell.${'2'.repeat(36)}.tmp`, 'notes.cell'].sort());
  expect(await readdir(folder)).toContain('notes.txt');
});

test('a store that does not exist is an empty one', async () => {
  expect(await prune(join(folder, 'none'), { all: true }, NOW)).toMatchObject({ removed: 0, kept: 0 });
});
