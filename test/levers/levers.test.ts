// What levers save, against closed forms: ratios of constants, moments of lognormals, hours of a two-level profile added by hand.
// What it cannot see: whether the values that levers set are the ones that a planner would.
import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../src/distributions/written.js';
import { LEVERS } from '../../src/levers/list.js';
import { ownLever } from '../../src/levers/own-lever.js';
import { rankLevers } from '../../src/levers/rank-levers.js';
import { scaledWritten } from '../../src/levers/scaled-written.js';
import type { ReadDataset } from '../../src/scenario/dataset/dataset.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { parseScenario } from '../../src/scenario/parse-scenario.js';
import { leversText } from '../../src/terminal/levers-text.js';
import { jobsHere } from '../../src/workers/jobs.js';
import { needs } from '../needs.js';

const noFiles = () => Promise.reject(new Error('no files'));

async function study(
  text: string,
  own: readonly string[] = [],
  workers = 0,
  samples = 2048,
  read: ReadDataset = noFiles,
) {
  const { written } = await parseScenario(text, 's.yaml');
  const load = (set: readonly string[]) => scenarioFromText(text, 's.yaml', read, { set });
  const levers = [...LEVERS, ...own.map((one) => ownLever(one.split('=')[0], one.split('=')[1]))];
  const jobs = { ...jobsHere, workers };
  return rankLevers(written as Mapping, load, { levers, samples, jobs, signal: new AbortController().signal });
}

const PLAIN = `
version: 1
name: plain
seed: s
samples: 8192
node_power_kw: 10
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: 1.4
input_tokens: 0
regimes: { chat: { output_tokens: { exponential: { median: 300 } } }, long: { output_tokens: { exponential: { median: 5000 } } } }
models: { One: { tps: 1000 }, Two: { tps: 250 } }
blends: { both: { models: [One, Two] } }
`;
const FLEET = `${PLAIN}fleet: { blend: both, queries_per_day: 1.0e+9, beta: 1.5, mixes: { mixed: { chat: 0.9, long: 0.1 } } }
impact: { grid: { gco2e_per_kwh: 400 }, cost: { currency: EUR, price_per_kwh: 0.1 } }
`;
/** Twelve hours full and twelve at a quarter: served by nodes of which the peak hour takes nine tenths. */
const HALF_DAYS = `[${[...Array(12).fill(1), ...Array(12).fill(0.25)].join(', ')}]`;
const LOADED = `${PLAIN}load: { profile: ${HALF_DAYS}, peak_load: 0.9, power: { parked: 0.3, active: 0.8 } }\n`;

function rowOf(rows: Awaited<ReturnType<typeof study>>['rows'], lever: string, subject: string, metric = 'energy') {
  const found = rows.find((row) => row.lever === lever && row.subject === subject && row.metric === metric);
  if (found === undefined) throw new Error(`no row of ${lever}, ${subject}, ${metric}`);
  return found;
}

describe('a lever alone', () => {
  it('that every draw feels alike saves its ratio exactly, without Monte Carlo error or spread', async () => {
    const { rows } = await study(PLAIN);
    const { share, share_low, share_high, share_p05, share_p95 } = rowOf(rows, 'pue', 'both');
    for (const value of [share, share_low, share_high, share_p05, share_p95])
      expect(value).toBeCloseTo(1 - 1.09 / 1.4, 9);
  });

  it('on the output tokens saves their share, up to rounding to whole tokens', async () => {
    const { rows } = await study(PLAIN);
    expect(rowOf(rows, 'shorter outputs', 'both').share).toBeCloseTo(0.487, 2);
  });

  it('that makes a spread input constant has the ratio of means within its interval', async () => {
    // PUE lognormal from 1.05 to 1.6: mean of energy is proportional to the mean of PUE.
    const spread = PLAIN.replace('pue: 1.4', 'pue: { lognormal: { p5: 1.05, p95: 1.6 } }');
    const { rows } = await study(spread, [], 0, 8192);
    const sigma = Math.log(1.6 / 1.05) / (2 * 1.6448536269514722);
    const mean = Math.sqrt(1.05 * 1.6) * Math.exp(sigma ** 2 / 2);
    const { share, share_low, share_high } = rowOf(rows, 'pue', 'both');
    const exact = 1 - 1.09 / mean;
    expect(share_low).toBeLessThan(exact);
    expect(share_high).toBeGreaterThan(exact);
    expect(share_high! - share_low!).toBeLessThan(0.02);
    expect(share).toBeCloseTo(exact, 2);
  });

  it('on a loaded fleet saves what the hours add up to', async () => {
    const { rows } = await study(LOADED);
    // Static: 24 h of 1/0.9 nodes for 12 + 3 hours of work. An hour late: the first full hour has a quarter of the nodes ready.
    const work = 15;
    const factor = (serving: number, parked: number) => 1 + 0.8 * (serving / work - 1) + 0.3 * (parked / work);
    const owned = 24 / 0.9;
    const now = factor(owned, 0);
    expect(rowOf(rows, 'peak_load', 'both').share).toBeCloseTo(1 - factor(24 / 0.95, 0) / now, 9);
    const follows = (12 * 1 + 12 * 0.25) / 0.9;
    expect(rowOf(rows, 'autoscale', 'both').share).toBeCloseTo(1 - factor(follows, owned - follows) / now, 9);
  });

  it('tells what a fleet saves in a day: queries times beta times the mean saved', async () => {
    const { rows } = await study(FLEET);
    const energy = rowOf(rows, 'pue', 'mixed');
    expect(energy.unit_per_day).toBe('MWh/day');
    expect(energy.saved_per_day).toBeCloseTo(energy.saved! * 1e9 * 1.5 * 1e-6, 6);
    expect(rowOf(rows, 'pue', 'mixed', 'carbon').saved_per_day! / energy.saved_per_day!).toBeCloseTo(0.4, 9);
    expect(rowOf(rows, 'pue', 'mixed', 'cost').saved_per_day! / energy.saved_per_day!).toBeCloseTo(100, 6);
    const mean = (regime: string) =>
      rows.find((row) => row.regime === regime && row.subject === 'both' && row.lever === 'pue')!.now!;
    expect(energy.now).toBeCloseTo(0.9 * mean('chat') + 0.1 * mean('long'), 9);
  });
});

describe('levers together', () => {
  it('are computed: those of independent factors multiply, those of the same idle nodes do not', async () => {
    const { rows, combined } = await study(LOADED);
    expect(combined).toEqual(expect.arrayContaining(['autoscale', 'peak_load', 'pue', 'shorter outputs', 'clock']));
    const { share, if_multiplied } = rowOf(rows, 'all', 'both');
    expect(share).toBeLessThan(if_multiplied! - 0.005);
    const independent = await study(PLAIN);
    const all = rowOf(independent.rows, 'all', 'both');
    expect(all.share).toBeCloseTo(all.if_multiplied!, 3);
  });

  it('take the better one of two with one cause, and say so', async () => {
    const { combined, not_combined, rows } = await study(PLAIN);
    const better =
      rowOf(rows, 'cap', 'both').share! > rowOf(rows, 'clock', 'both').share! ? ['cap', 'clock'] : ['clock', 'cap'];
    expect(combined).toContain(better[0]);
    expect(not_combined).toEqual([{ lever: better[1], because: `${better[0]} saves more of the same` }]);
  });

  it('save at least what the best of them saves alone', needs('minutes'), async () => {
    for (const text of [PLAIN, FLEET, LOADED]) {
      const { rows } = await study(text);
      const energies = rows.filter(
        (row) => row.metric === 'energy' && row.subject === rows[0].subject && row.regime === rows[0].regime,
      );
      const best = Math.max(...energies.filter(({ kind }) => kind === 'lever').map(({ share }) => share!));
      expect(energies.find(({ kind }) => kind === 'combination')!.share).toBeGreaterThanOrEqual(best);
    }
  });
});

describe('a study of levers', () => {
  it('ranks by the energy saved of the first subject', async () => {
    const { rows } = await study(FLEET);
    const ranked = rows.filter((row) => row.kind === 'lever' && row.subject === 'mixed' && row.metric === 'energy');
    expect(ranked.map(({ rank }) => rank)).toEqual(ranked.map((_, i) => i + 1));
    const shares = ranked.map(({ share }) => share!);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });

  it('has the same numbers however its draws are divided', needs('minutes'), async () => {
    expect((await study(FLEET, [], 3)).rows).toEqual((await study(FLEET, [], 0)).rows);
  });

  it('says why a lever is not here', async () => {
    const { left_out } = await study(PLAIN.replace('pue: 1.4', 'pue: 1.05'));
    const reasons = Object.fromEntries(left_out.map(({ lever, because }) => [lever, because]));
    expect(reasons).toEqual({
      autoscale: 'the scenario states no load: its nodes are always full',
      peak_load: 'the scenario states no load: its nodes are always full',
      batch: 'no concurrency is stated: the nodes count as full',
      precision: 'throughput is stated, and not of rows that hardware chooses',
      hardware: 'throughput is stated, and not of rows that hardware chooses',
      pue: 'the PUE is 1.09 or better',
      caching: 'only request-cost throughput knows what a cached token saves',
    });
  });

  it('takes other hardware by its rows or measured ratios, with the power of its node', async () => {
    const csv = `model,quantization,accelerator,input_tokens,output_tokens,node_tokens_per_second
A,BF16,H100 SXM 80GB,128,128,9000
A,BF16,H100 SXM 80GB,1000,1000,6000
A,BF16,H100 SXM 80GB,128,2048,5000
`;
    const text = PLAIN.replace(
      'models: { One: { tps: 1000 }, Two: { tps: 250 } }',
      'throughput: { dataset: r.csv, form: request-cost }\nhardware: { accelerator: H100, precision: BF16 }\nmodels: { A: }',
    )
      .replace('blends: { both: { models: [One, Two] } }', '')
      .replace('node_power_kw: 10', 'node_power_kw: 10.2');
    const read = async () => ({ name: 'r.csv', bytes: new TextEncoder().encode(csv) });
    const { rows } = await study(text, [], 0, 16_384, read);
    // Ratios are lognormal, of energies: their means are above their medians.
    const mean = (median: number, p10: number, p90: number) =>
      median * Math.exp((Math.log(p90 / p10) / (2 * 1.2815515655)) ** 2 / 2);
    expect(rowOf(rows, 'hardware', 'A').share).toBeCloseTo(1 - mean(0.635, 0.285, 1.089), 1);
    expect(rowOf(rows, 'precision', 'A').share).toBeCloseTo(1 - mean(0.914, 0.855, 1.022), 2);
    expect(rowOf(rows, 'hardware', 'A').settings).toContain('node_power_kw=14.3');
  });

  it('takes in changes that the user states, also ones that cost', async () => {
    const { rows, combined } = await study(PLAIN, ['node_power_kw=12']);
    expect(rowOf(rows, 'node_power_kw', 'both').share).toBeCloseTo(-0.2, 9);
    expect(combined).not.toContain('node_power_kw');
  });

  it('has pathways beside, with the mean of the energy over their multiplier', needs('minutes'), async () => {
    const { rows } = await study(`${PLAIN}pathways: { serving: { lognormal: { p5: 1.5, p95: 5 } } }\n`, [], 0, 16_384);
    const [mu, sigma] = [Math.log(7.5) / 2, Math.log(5 / 1.5) / (2 * 1.6448536269514722)];
    const { share, kind } = rowOf(rows, 'serving', 'both');
    expect(kind).toBe('pathway');
    expect(share).toBeCloseTo(1 - Math.exp(-mu + sigma ** 2 / 2), 2);
  });

  it('reads as a table with each setting to be tried', needs('minutes'), async () => {
    const text = leversText(await study(FLEET), 'out');
    expect(text).toMatch(/plain: fleet, mixed +energy saved +Monte Carlo 95 % +MWh\/day +tCO2e\/day +EUR\/day +values/);
    expect(text).toMatch(/1 shorter outputs +48\.7 %/);
    expect(text).toContain("pue: --set 'pue=1.09'");
    expect(text).toContain("the paper's pathways divide energy by model 1.5–10, serving 1.5–5.0, hardware 1.5–2.5");
  });
});

describe('a distribution as written, scaled', () => {
  it('has every value of the variable times the factor, and no shape changed', () => {
    expect(scaledWritten(500, 0.5)).toBe(250);
    expect(scaledWritten({ lognormal: { p5: 1, p95: 4 }, max: 8, vary: 'shared' }, 2)).toEqual({
      lognormal: { p5: 2, p95: 8 },
      max: 16,
      vary: 'shared',
    });
    expect(scaledWritten({ lognormal: { median: 3, geometric_sd: 2 } }, 2)).toEqual({
      lognormal: { median: 6, geometric_sd: 2 },
    });
    expect(scaledWritten({ lognormal: { mu: 3, sigma: 2 } }, 2)).toBeUndefined();
    expect(scaledWritten({ mixture: [] }, 2)).toBeUndefined();
  });
});
