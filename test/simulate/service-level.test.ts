// Time per output token against a stated limit, from a scenario's text to rows, words and the check: closed forms of one node.
// What it cannot see: whether a real server's step is that of its mean query.
import { describe, expect, it } from 'vitest';
import { brokenLimits } from '../../src/result/broken-limits.js';
import { tablesOf } from '../../src/result/rows/tables.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { limitsAtAGlance } from '../../src/simulate/limits-at-a-glance.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { serviceLevelLines } from '../../src/terminal/service-level-lines.js';

const textOf = (more: string) => `
version: 1
name: limit
samples: 4096
node_power_kw: 10
power_utilization: 0.6
pue: 1.2
input_tokens: 1000
output_tokens: 300
concurrency: 64
models:
  rate: { tps: 2000 }
  costs: { node_seconds: { per_input_token: 1.0e-5, per_output_token: 1.0e-4, per_context_token: 1.0e-8, per_step: 0.01 } }
regimes: { t: {} }
${more}
`;
const scenarioOf = (more: string) =>
  scenarioFromSource({ file: 'l.yaml', text: textOf(more), overrides: {}, datasets: {} });

async function rowsOf(more: string) {
  const result = await simulateHere(await scenarioOf(more), { kernel: 'reference' });
  return (await tablesOf(result)).service_level;
}

/** What a query adds to each step, and the step of a full node: prefill and context spread over its output tokens. */
const QUERY_S = (1e-5 * 1000) / 300 + 1e-4 + 1e-8 * (1000 + 150);
const FULL = 0.01 + 64 * QUERY_S;

describe('time per output token', () => {
  it('of full nodes is concurrency over the throughput, or the step that the costs of a request make', async () => {
    const [rate, costs] = await rowsOf('slo: { seconds_per_output_token: 0.02 }');
    expect(rate).toMatchObject({ model: 'rate', concurrency: 64, limit: 0.02, kept: 'no', share_beyond: 1 });
    expect(rate.worst).toBeCloseTo(64 / 2000, 9);
    expect(costs).toMatchObject({ model: 'costs', kept: 'yes', share_beyond: 0 });
    for (const seconds of [costs.full_node, costs.worst, costs.mean]) expect(seconds! / FULL).toBeCloseTo(1, 6);
  });

  it('falls with the load where the reading of the weights is known, and stays where it is not', async () => {
    const halves = `[${[...Array(12).fill(1), ...Array(12).fill(0.5)].join(', ')}]`;
    const [rate, costs] = await rowsOf(
      `load: { profile: ${halves}, peak_load: 0.8 }\nslo: { seconds_per_output_token: 0.016 }`,
    );
    // A node at load u puts out u of a full node's tokens: 1/t is u of the full step's and 1 − u of the weights' alone.
    const [busy, quiet] = [0.8, 0.4].map((u) => 1 / (u / FULL + (1 - u) / 0.01));
    expect(costs.worst! / busy).toBeCloseTo(1, 6);
    expect(costs.mean! / ((2 * busy + quiet) / 3)).toBeCloseTo(1, 6);
    expect(costs).toMatchObject({ kept: busy > 0.016 ? 'no' : 'yes' });
    expect(rate.worst).toBeCloseTo(64 / 2000, 9);
  });

  it('counts the tokens of reasoning among those that a step puts out', async () => {
    const limit = 'slo: { seconds_per_output_token: 0.02 }';
    const [rate] = await rowsOf(`${limit}\nreasoning_tokens: 700`);
    expect(rate.worst).toBeCloseTo(64 / 2000, 9);
  });

  it('is as much longer as managed power makes decode slower', async () => {
    const [free] = await rowsOf('slo: { seconds_per_output_token: 0.02 }');
    const [capped] = await rowsOf('slo: { seconds_per_output_token: 0.02 }\npower_management: { cap: 0.8 }');
    expect(capped.worst! / free.worst!).toBeCloseTo(0.8 ** -0.794, 4);
  });
});

describe('a broken limit', () => {
  const broken = 'slo: { seconds_per_output_token: 0.02 }';
  const sentence =
    'slo: t, rate: 32.0 ms per output token in the busiest hour, and the limit is 20.0 ms; 100 % of queries are slower: its energy is that of a service that breaks it';

  it('is flagged beside the energy, in words and by check alike', async () => {
    const rows = await rowsOf(broken);
    expect(brokenLimits(rows)).toEqual([sentence]);
    expect(await limitsAtAGlance(await scenarioOf(broken))).toEqual([sentence]);
    const text = serviceLevelLines(rows).join('\n');
    expect(text).toMatch(/time per output token, limit 20\.0 ms +mean +busiest hour +energy, median/);
    expect(text).toMatch(/t, rate +32\.0 ms +32\.0 ms +0\.300 Wh +BROKEN for 100 % of queries/);
    expect(text).toMatch(/t, costs .* kept/);
  });

  it('changes no energy', async () => {
    const energies = async (more: string) => {
      const { summary } = await tablesOf(await simulateHere(await scenarioOf(more), { kernel: 'reference' }));
      return summary.filter(({ metric }) => metric === 'energy');
    };
    expect(await energies(broken)).toEqual(await energies(''));
  });

  it('is none where none is stated', async () => {
    expect(await rowsOf('')).toEqual([]);
    expect(await limitsAtAGlance(await scenarioOf(''))).toEqual([]);
  });
});

describe('a limit is refused', () => {
  const refused = async (text: string) =>
    scenarioFromSource({ file: 'l.yaml', text, overrides: {}, datasets: {} }).then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    );

  it('without concurrency, in every regime that lacks it', async () => {
    const text = textOf('slo: { seconds_per_output_token: 0.02 }').replace('concurrency: 64\n', '');
    expect(await refused(text)).toContain(
      'slo: needs concurrency, the queries in flight on a full node: how many share its tokens per second; it is not stated for t',
    );
  });

  it('of no time', async () => {
    expect(await refused(textOf('slo: { seconds_per_output_token: 0 }'))).toContain(
      'expected a number above 0; found 0',
    );
    expect(await refused(textOf('slo: {}'))).toContain('seconds_per_output_token is missing');
  });
});
