// Prefill and decode in pools, from a scenario's text to energies, node-seconds and words: closed forms of two phases.
// What it cannot see: whether a transfer of the cache between pools costs anything, which the model leaves out.
import { describe, expect, it } from 'vitest';
import { mismatches, poolUses } from '../../src/result/pool-uses.js';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { poolLines } from '../../src/terminal/pool-lines.js';
import { builtKernel } from '../built-engine.js';

const textOf = (more: string) => `
version: 1
name: pools
samples: 4096
node_power_kw: 10
power_utilization: 0.6
pue: 1.2
input_tokens: 1000
output_tokens: 300
models: { m: { node_seconds: { per_input_token: 1.0e-4, per_output_token: 2.0e-4, per_context_token: 1.0e-8 } } }
regimes: { t: {} }
${more}
`;
/** Seconds of a full node in each phase. */
const [PREFILL, DECODE] = [1e-4 * 1000, 2e-4 * 300 + 1e-8 * 300 * 1150];
const scenarioOf = (more: string) =>
  scenarioFromSource({ file: 'p.yaml', text: textOf(more), overrides: {}, datasets: {} });

async function meansOf(more: string, kernel: 'reference' | 'wasm' = 'reference') {
  const engine = kernel === 'wasm' ? await builtKernel() : kernel;
  const rows = summaryRows('', seriesOf(await simulateHere(await scenarioOf(more), { kernel: engine })));
  const mean = (metric: string) => rows.find((row) => row.metric === metric)?.mean ?? Number.NaN;
  return { energy: mean('energy'), seconds: mean('node_seconds') };
}

const pools = (prefill: number, decode: number, more = '') =>
  `pools: { prefill: { nodes: ${prefill}${more} }, decode: { nodes: ${decode} } }`;
/** Wh of so many seconds of a full node. */
const wh = (seconds: number) => (seconds * 10 * 0.6 * 1.2 * 1000) / 3600;

describe.each(['reference', 'wasm'] as const)('pools on the %s engine', (kernel) => {
  it('that match cost what nodes cost that do both', async () => {
    const { energy, seconds } = await meansOf(pools(PREFILL, DECODE), kernel);
    expect(energy / wh(PREFILL + DECODE)).toBeCloseTo(1, 4);
    expect(seconds / (PREFILL + DECODE)).toBeCloseTo(1, 4);
  });

  it('of too many prefill nodes cost what these draw while they wait', async () => {
    // Decode is full; twice the prefill nodes that match serve half their time at 0.82 of the power, the default at load 0.
    const { energy, seconds } = await meansOf(pools(2 * PREFILL, DECODE), kernel);
    expect(energy / wh(PREFILL + 0.82 * PREFILL + DECODE)).toBeCloseTo(1, 4);
    expect(seconds / (2 * PREFILL + DECODE)).toBeCloseTo(1, 4);
  });

  it('have power of their own', async () => {
    const { energy } = await meansOf(pools(PREFILL, DECODE, ', power: 0.7'), kernel);
    expect(energy / wh(0.7 * PREFILL + DECODE)).toBeCloseTo(1, 4);
  });
});

describe('pools', () => {
  it('under load that match cost what nodes under load cost', async () => {
    const load =
      'load: { profile: azure-2024-code, power: { parked: 0.2, active: 0.6 }, autoscale: { floor: 0.3, lag_h: 1 } }';
    const [{ energy: both }, { energy }] = await Promise.all([
      meansOf(load),
      meansOf(`${load}\n${pools(PREFILL, DECODE)}`),
    ]);
    expect(energy / both).toBeCloseTo(1, 4);
  });

  it('never cost less than matching ones, under any ratio of nodes', async () => {
    const matching = (await meansOf(pools(PREFILL, DECODE))).energy;
    for (const ratio of [0.2, 0.7, 1.5, 6]) {
      const { energy } = await meansOf(pools(ratio * PREFILL, DECODE));
      expect(energy).toBeGreaterThan(matching * 1.01);
    }
  });

  it('of 6 and 2 nodes say which waits for which, and what would match', async () => {
    const scenario = await scenarioOf(pools(6, 2));
    const [use] = poolUses(scenario);
    // Spans PREFILL / 6 and DECODE / 2: decode is full.
    expect(use).toMatchObject({ limits: 'decode', decode: 1 });
    expect(use.prefill).toBeCloseTo(PREFILL / 6 / (DECODE / 2), 12);
    expect(use.matching).toBeCloseTo(PREFILL / DECODE, 12);
    expect(mismatches(scenario)).toEqual([
      'pools: t, m: decode is full and prefill at 53 % of its load; 1.58 prefill nodes for each that decodes would match',
    ]);
    expect(poolLines(scenario).join('\n')).toMatch(/t, m +53 % +100 % +decode +1\.58/);
  });

  it('take the means of lengths that vary', async () => {
    const scenario = await scenarioOf(pools(6, 2));
    const spread = textOf(pools(6, 2)).replace('output_tokens: 300', 'output_tokens: { exponential: { mean: 300 } }');
    const varied = await scenarioFromSource({ file: 'p.yaml', text: spread, overrides: {}, datasets: {} });
    // E[O²] of an exponential is twice the square of its mean: more context to read, the rest alike.
    const decode = 2e-4 * 300 + 1e-8 * (300 * 1000 + 300 ** 2);
    expect(poolUses(varied)[0].prefill / poolUses(scenario)[0].prefill).toBeCloseTo(DECODE / decode, 9);
  });
});

describe('pools are refused', () => {
  const refused = async (more: string, from = '', to = '') =>
    scenarioFromSource({ file: 'p.yaml', text: textOf(more).replace(from, to), overrides: {}, datasets: {} }).then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    );
  it.each([
    ['pools: { prefill: { nodes: 6 } }', /pools\.decode|pools: decode is missing/],
    ['pools: { prefill: { nodes: 6 }, decode: {} }', /pools\.decode: nodes is missing/],
    [
      'pools: { prefill: { nodes: 0 }, decode: { nodes: 2 } }',
      /pools\.prefill\.nodes: expected a number above 0; found 0/,
    ],
    [
      `${pools(6, 2)}\nload: { profile: azure-2024-code, idle_to: separate }`,
      /load\.idle_to: with pools, expected query/,
    ],
    [
      `${pools(6, 2)}\nload: { profile: azure-2024-code, power: { active: { uniform: { min: 0.5, max: 0.9 } } } }`,
      /load\.power: with pools, expected numbers/,
    ],
    [`${pools(6, 2)}\nconcurrency: 8\nslo: { seconds_per_output_token: 0.1 }`, /slo: cannot stand beside pools/],
  ])('%s', async (more, message) => {
    expect(await refused(more)).toMatch(message);
  });

  it('for throughput that does not tell prefill from decode, for lengths of unknown mean, and without prefill', async () => {
    const rate = 'models: { m: { tps: 1000 } }';
    expect(await refused(pools(6, 2), /models:.*/.exec(textOf(''))![0], rate)).toMatch(
      /need request-cost throughput.*; m has another/,
    );
    const cut = 'output_tokens: { exponential: { median: 300 }, max: 4000 }';
    expect(await refused(pools(6, 2), 'output_tokens: 300', cut)).toMatch(
      /need the mean of output_tokens in t before anything is drawn/,
    );
    expect(await refused(pools(6, 2), 'input_tokens: 1000', 'input_tokens: 0')).toMatch(
      /pools\.prefill: would have nothing to do in t/,
    );
    const correlated = `${pools(6, 2)}\ncorrelation: { output_tokens: { input_tokens: 0.5 } }`;
    expect(
      await refused(
        correlated,
        /input_tokens: 1000\noutput_tokens: 300/.exec(textOf(''))![0],
        'input_tokens: { uniform: { min: 1, max: 9 } }\noutput_tokens: { uniform: { min: 1, max: 9 } }',
      ),
    ).toMatch(/take lengths as independent/);
  });
});
