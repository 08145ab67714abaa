// What a sweep's cells are, and what is refused with which words. Nothing is drawn here.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import { loadScenario, loadSweep } from '../../src/scenario/load.js';
import type { SweepOptions } from '../../src/scenario/sweep-options.js';

const PAPER = 'scenarios/oviedo-2026.yaml';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sweep-'));
});
afterAll(() => rm(folder, { recursive: true }));

const labels = async (sweep: SweepOptions, file = PAPER) =>
  (await loadSweep(file, { samples: 10, sweep })).cells.map((cell) => cell.labels);

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => expect.unreachable('should have been refused'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

/** The paper's scenario with a block at its end. */
async function withBlock(block: string): Promise<string> {
  const text = (await readFile(PAPER, 'utf8')).replace('data/throughput', `${resolve('scenarios')}/data/throughput`);
  const file = join(folder, 'scenario.yaml');
  await writeFile(file, `${text}\n${block}\n`);
  return file;
}

test('a grid has every combination, the last key varying fastest', async () => {
  expect(await labels({ over: ['pue=1.1,1.2', 'input_tokens=100,200'] })).toEqual([
    [1.1, 100],
    [1.1, 200],
    [1.2, 100],
    [1.2, 200],
  ]);
});

test('zipped keys move together, and combine with the grid', async () => {
  expect(await labels({ over: ['pue=1.1,1.2'], zip: ['input_tokens=1,2', 'prefill_weight=0,0.5'] })).toEqual([
    [1.1, 1, 0],
    [1.1, 2, 0.5],
    [1.2, 1, 0],
    [1.2, 2, 0.5],
  ]);
});

test('ranges have both ends, and the numbers that a person would write between', async () => {
  expect((await labels({ over: ['pue=linear:1:1.6:7'] })).flat()).toEqual([1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6]);
  expect((await labels({ over: ['input_tokens=log:1:10000:5'] })).flat()).toEqual([1, 10, 100, 1000, 10000]);
  expect((await labels({ over: ['pue=linear:1.3:9:1'] })).flat()).toEqual([1.3]);
});

test('sampled points stay in their ranges, evenly in the logarithm where asked, and take categories in equal parts', async () => {
  const file = await withBlock(`sweep:
  sample:
    method: sobol
    points: 64
    over:
      pue: { linear: { from: 1.1, to: 1.5 } }
      input_tokens: { log: { from: 10, to: 1000 } }
      throughput.quantization: [FP8, FP8]
      power_utilization: { named: { low: 0.4, high: { lognormal: { p5: 0.8, p95: 0.9 } } } }`);
  const points = await labels({}, file);
  const [pue, tokens, quantization, utilization] = [0, 1, 2, 3].map((k) => points.map((point) => point[k]));
  expect(points).toHaveLength(64);
  expect(Math.min(...(pue as number[]))).toBeGreaterThan(1.1);
  expect(Math.max(...(pue as number[]))).toBeLessThan(1.5);
  expect((tokens as number[]).filter((count) => count < 100)).toHaveLength(32);
  expect(new Set(quantization)).toEqual(new Set(['FP8']));
  expect(utilization.filter((label) => label === 'low')).toHaveLength(32);
});

test('a cell is the scenario that --set would make', async () => {
  const over = ['pue=1.2', 'models.DeepSeek-R1.node_power_kw=9,10'];
  const { cells } = await loadSweep(PAPER, { samples: 10, sweep: { over } });
  const set = ['pue=1.2', 'models.DeepSeek-R1.node_power_kw=10'];
  expect(cells[1].scenario).toEqual(await loadScenario(PAPER, { samples: 10, set }));
});

test('datasets and sets of models can be swept', async () => {
  const data = resolve('scenarios/data/throughput-oviedo.csv');
  const over = [`throughput.dataset=data/throughput-oviedo.csv,${data}`, 'blends.frontier.models=[Mixtral 8x22B]'];
  const set = ['blends.frontier={models: [Llama 3.1 70B]}'];
  const { cells } = await loadSweep(PAPER, { samples: 10, sweep: { over }, set });
  expect(cells.map(({ scenario }) => scenario.dataset?.file)).toEqual(['data/throughput-oviedo.csv', data]);
  expect(cells[0].labels[1]).toBe('["Mixtral 8x22B"]');
  expect(cells[0].scenario.blends[0].members).toEqual({ models: ['Mixtral 8x22B'] });
});

describe('refused options of', () => {
  const refused: readonly [SweepOptions, string][] = [
    [
      {},
      `${PAPER}:5:1: sweep: no cells: name keys and values under over, zip or sample, or with --over KEY=VALUE,VALUE`,
    ],
    [{ over: ['pue='] }, '--over pue=: sweep.over.pue: expected a list with at least one value; found a list of 0'],
    [{ over: ['pue'] }, '--over pue: expected key=value,value,…'],
    [{ over: ['pu=1.1,1.2'] }, '--over pu=1.1,1.2: pu: unknown key; did you mean pue?'],
    [
      { over: ['regimes.tradtional={}'] },
      '--over regimes.tradtional={}: regimes.tradtional: regimes has no tradtional (did you mean traditional?)',
    ],
    [
      { over: ['regimes.tradtional.pue=1,2'] },
      '--over regimes.tradtional.pue=1,2: regimes.tradtional.pue: regimes has no tradtional (did you mean traditional?)',
    ],
    [
      { over: ['regimes.traditional.input_token=1'] },
      '--over regimes.traditional.input_token=1: regimes.traditional.input_token: unknown key; did you mean input_tokens?',
    ],
    [
      { over: ['pue=0,1.2,-1'] },
      '--over pue=0,1.2,-1: pue: must be above 0; found 0\n--over pue=0,1.2,-1: pue: must be above 0; found -1',
    ],
    [
      { over: ['pue=linear:1:2:200', 'power_utilization=linear:0.1:0.9:200'] },
      `${PAPER}:5:1: sweep: 40,000 cells, more than the limit of 10000; name fewer values, or raise it with --limit 40000`,
    ],
    [
      { over: ['pue=1,1,1,2'] },
      '--over pue=1,1,1,2: sweep.over.pue[1]: 1 is listed twice; a list with decimals is 1.1,1.2',
    ],
    [{ over: ['pue=1,05'] }, '--over pue=1,05: 1,05 is read as 1 and 05; write 1.05'],
    [{ over: ['pue=1,15'] }, '--over pue=1,15: pue: must lie between 1 and 5; found 15; a list with decimals is 1.15'],
    [
      { over: ['power_utilization=0,5,0,6'] },
      '--over power_utilization=0,5,0,6: sweep.over.power_utilization[2]: 0 is listed twice; a list with decimals is 0.5,0.6',
    ],
    [
      { over: ['pue=linear:1,1:1,6:7'] },
      '--over pue=linear:1,1:1,6:7: sweep.over.pue.linear.from: expected a number; found the text "1,1"; write 1.1\n' +
        '--over pue=linear:1,1:1,6:7: sweep.over.pue.linear.to: expected a number; found the text "1,6"; write 1.6',
    ],
    [
      { over: ['pue=lin:1:2:3'] },
      '--over pue=lin:1:2:3: no range is called lin (did you mean linear?); expected linear: or log:',
    ],
    [
      { over: ['pue=linear:1:x:3'] },
      '--over pue=linear:1:x:3: sweep.over.pue.linear.to: expected a number; found the text "x"',
    ],
    [{ over: ['pue=log:0:2:3'] }, '--over pue=log:0:2:3: sweep.over.pue.log.from: expected a number above 0; found 0'],
    [{ over: ['name=a,b'] }, '--over name=a,b: sweep.over.name: cannot be swept: it changes no draw'],
    [{ over: ['pue=1.1'], zip: ['pue=1.2'] }, '--zip pue=1.2: sweep.zip.pue: swept twice; state it in one place'],
    [
      { zip: ['pue=1.1,1.2', 'power_utilization=0.5'] },
      `${PAPER}:5:1: sweep.zip: zipped keys need equally many values; pue has 2, power_utilization has 1`,
    ],
    [{ sample: 'sobol', over: ['pue=linear:1:2'] }, '--sample sobol: expected METHOD:POINTS, e.g. sobol:256'],
    [
      { sample: 'sobl:8', over: ['pue=linear:1:2'] },
      '--sample sobl:8: sweep.sample.method: expected sobol or latin-hypercube; found the text "sobl" (did you mean sobol?)',
    ],
    [
      { over: ['throughput.dataset=data/none.csv'] },
      '--over throughput.dataset=data/none.csv: throughput.dataset: scenarios/data/none.csv: no such file',
    ],
  ];
  test.each(refused)('%j', async (sweep, message) => {
    expect(await messageOf(loadSweep(PAPER, { samples: 10, sweep }))).toBe(message);
  });
});

test('a value that is wrong in the file is complained of at its key there', async () => {
  const file = await withBlock('sweep:\n  over:\n    pue: [1.2, -1]');
  const line = (await readFile(file, 'utf8')).split('\n').indexOf('    pue: [1.2, -1]') + 1;
  expect(await messageOf(loadSweep(file))).toBe(`${file}:${line}:5: pue: must be above 0; found -1`);
});

test('what a value breaks elsewhere says with which value', async () => {
  const message = await messageOf(loadSweep(PAPER, { sweep: { over: ['throughput.quantization=FP8,FP4'] } }));
  expect(message).toContain(
    'has rows of FP16, FP8; throughput.quantization is FP4 (with throughput.quantization = FP4)',
  );
});

test('a limit is the option, else the file, else 10,000', async () => {
  const file = await withBlock('sweep:\n  over: { pue: [1.1, 1.2, 1.3] }\n  limit: 2');
  expect(await messageOf(loadSweep(file))).toContain('3 cells, more than the limit of 2;');
  expect((await loadSweep(file, {}, 3)).cells).toHaveLength(3);
});

test('more keys than Sobol directions are refused with the remedy', async () => {
  const over = Array.from({ length: 65 }, (_, i) => `      "models.M${i}.tps": { linear: { from: 1, to: 2 } }`);
  const file = await withBlock(`sweep:\n  sample:\n    method: sobol\n    points: 4\n    over:\n${over.join('\n')}`);
  expect(await messageOf(loadSweep(file))).toContain('sobol covers 64 keys, found 65; use method: latin-hypercube');
});

describe('refused expectations', () => {
  const refused: readonly [string, string][] = [
    [
      'energy.p50: { below: 1, above: 0 }',
      'expect.energy.p50: expected one of within, below or above; found below and above',
    ],
    ['energy.p50: {}', 'expect.energy.p50: expected one of within, below or above; found none'],
    [
      'energy.p50: { within: [2, 1] }',
      'expect.energy.p50.within: expected a list of two numbers, the lower one first; found a list of 2',
    ],
    [
      'energy.p5O: { below: 1 }',
      'expect.energy.p5O: expected metric.statistic; metrics are energy, carbon, carbon_grid, carbon_embodied, water, ' +
        'water_site, water_grid, cost, cost_energy, cost_node, energy_idle, node_seconds, energy_ratio, energy_per_session, ' +
        'energy_per_request, energy_per_success, requests, longest_context, tps, output_tokens, reasoning_tokens, input_tokens, ' +
        'cached_input_tokens, concurrency, prefill_weight, node_power_kw, power_utilization, pue, energy_per_day; ' +
        'statistics mean, p05, p25, p50, p75, p95, iqr, known_low, known_high, and what quantiles lists (did you mean energy.p50?)',
    ],
    [
      'energy.p50: { below: 1, regime: tradtional }',
      'expect.energy.p50.regime: no regime is called "tradtional"; did you mean traditional?',
    ],
    [
      'energy.p50: [{ below: 1, subject: fronteer }]',
      'expect.energy.p50[0].subject: no blend or model is called "fronteer"; did you mean frontier?',
    ],
    [
      'energy.p50: { below: 1, pathway: modle }',
      'expect.energy.p50.pathway: no pathway is called "modle"; did you mean model?',
    ],
  ];
  test.each(refused)('%s', async (line, message) => {
    const file = await withBlock(`expect:\n  ${line}`);
    expect(await messageOf(loadScenario(file))).toContain(message);
  });
});

describe('a sweep of more cells than fit in memory', () => {
  const ranges = (points: number) => `{ linear: { from: 1, to: 2, points: ${points} } }`;
  const refusal = (cells: number) => `sweep: ${cells} cells, at most 100000 in one sweep`;

  test('is refused before any is made, whatever its file allows, and by all that read the file', async () => {
    const file = await withBlock(
      `sweep:\n  limit: 100000\n  over: { pue: ${ranges(1e6)}, node_power_kw: ${ranges(1e6)} }`,
    );
    expect(await messageOf(loadSweep(file, {}, Number.MAX_SAFE_INTEGER))).toContain(refusal(1e12));
    expect(await messageOf(loadScenario(file))).toContain(refusal(1e12));
  });

  test('is refused by options, too', async () => {
    const over = ['pue=linear:1:2:1000', 'node_power_kw=linear:5:20:1000'];
    expect(await messageOf(loadSweep(PAPER, { sweep: { over } }, 2e6))).toContain(refusal(1e6));
  });

  test('is refused where points and a zip multiply', async () => {
    const zip = `zip: { pue: ${ranges(1000)}, node_power_kw: ${ranges(1000)} }`;
    const sample =
      'sample: { method: sobol, points: 1000, over: { power_utilization: { linear: { from: 0, to: 1 } } } }';
    const file = await withBlock(`sweep:\n  ${zip}\n  ${sample}`);
    expect(await messageOf(loadScenario(file))).toContain(refusal(1e6));
  });

  test('cannot move the ceiling by its own limit', async () => {
    const file = await withBlock('sweep:\n  over: { pue: [1.1] }\n  limit: 9007199254740991');
    expect(await messageOf(loadScenario(file))).toContain(
      'sweep.limit: expected a whole number of at least 1 and at most 100000; found 9007199254740991',
    );
  });
});
