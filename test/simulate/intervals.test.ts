// How often the 95 % intervals of a run of pseudo-random numbers hold the true value, over many seeds: medians, means and trimmed
// means of a blend whose models go together a little, its median under a pathway, the fleet, and means of heavy tails. True values
// are closed forms or roots of them. What it cannot see: the paper's scenario over 2,000 seeds, which bench/interval-coverage.mjs counts.
import { describe, expect, it } from 'vitest';
import { fleetDays } from '../../src/result/fleet-days.js';
import { notesOf } from '../../src/result/notes.js';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateIn } from '../../src/simulate/simulate.js';
import { Pilot } from '../../src/sketch/pilot.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { builtEngine } from '../built-engine.js';
import { needs, tries } from '../needs.js';
import { standardNormalCdf } from '../oracle/normal.js';
import { risingRoot } from '../oracle/root.js';

const SEEDS = tries(100, 2000);
const SAMPLES = 4096;
/** Coverage within three standard errors of 95 %, and a hundredth for the approximations. */
const NEAR = 3 * Math.sqrt((0.95 * 0.05) / SEEDS) + 0.01;

const MODELS = [
  { median: 300, sigma: 0.6 },
  { median: 500, sigma: 0.9 },
  { median: 1500, sigma: 0.4 },
];
const PUE_SIGMA = 0.2;
const PATHWAY = { mu: 0.7, sigma: 0.5 };

const TEXT = `
version: 1
name: pool
samples: ${SAMPLES}
node_power_kw: 3.6
power_utilization: 1
pue: { lognormal: { mu: 0.3, sigma: ${PUE_SIGMA} } }
input_tokens: 1
models:
${MODELS.map(({ median, sigma }, i) => `  M${i}: { tps: { lognormal: { mu: ${Math.log(median)}, sigma: ${sigma} } } }`).join('\n')}
regimes: { t: { output_tokens: 1000 } }
blends: { all: { models: [M0, M1, M2] } }
pathways: { better: { lognormal: { mu: ${PATHWAY.mu}, sigma: ${PATHWAY.sigma} } } }
fleet: { blend: all, queries_per_day: 1000000000, beta: 1, mixes: { only: { t: 1 } } }
`;

/** Energies in Wh, e^(0.3 + …) · 1000 / tps, as lognormals. */
const ENERGIES = MODELS.map(({ median, sigma }) => ({
  mu: Math.log(1000 / median) + 0.3,
  sigma: Math.hypot(sigma, PUE_SIGMA),
}));

const meanOf = ({ mu, sigma }: { mu: number; sigma: number }) => Math.exp(mu + sigma ** 2 / 2);

const average = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

describe('95 % intervals hold the true value in 95 % of runs', () => {
  it('of a blend, its pathway and its fleet', { timeout: 600_000, ...needs('minutes') }, async () => {
    const pool = poolOn(callingThread(await builtEngine()));
    const scenario = await scenarioFromSource({ file: 'pool.yaml', text: TEXT, overrides: {}, datasets: {} });
    const mean = average(ENERGIES.map(meanOf));
    const truth = {
      median: medianOf(ENERGIES),
      mean,
      better: medianOf(
        ENERGIES.map(({ mu, sigma }) => ({ mu: mu - PATHWAY.mu, sigma: Math.hypot(sigma, PATHWAY.sigma) })),
      ),
      trimmed: average(ENERGIES.map(trimmedMean)),
      fleet: mean,
    };
    const held = { median: 0, mean: 0, better: 0, trimmed: 0, fleet: 0 };
    for (let seed = 0; seed < SEEDS; seed++) {
      const result = await simulateIn(pool, { ...scenario, seed: `intervals ${seed}` }, {});
      const rows = summaryRows('', seriesOf(result)).filter(({ subject }) => subject === 'all');
      const row = (pathway: string, trim: string) => rows.find((one) => one.pathway === pathway && one.trim === trim)!;
      const [all, better, trimmed] = [row('baseline', 'none'), row('better', 'none'), row('baseline', 'p14-p86')];
      const [day] = fleetDays(result);
      held.median += within(truth.median, all.p50_ci_low, all.p50_ci_high);
      held.mean += within(truth.mean, all.mean_low, all.mean_high);
      held.better += within(truth.better, better.p50_ci_low, better.p50_ci_high);
      held.trimmed += within(truth.trimmed, trimmed.mean_low, trimmed.mean_high);
      held.fleet += within(truth.fleet, day.gwh_low, day.gwh_high);
    }
    for (const [name, times] of Object.entries(held)) {
      expect(Math.abs(times / SEEDS - 0.95), name).toBeLessThan(NEAR);
    }
  });

  it.each([2, 1, 0.5, 1.5].slice(0, tries(2, 4)))(
    'of the mean of energies of lognormal spread %d',
    { timeout: 600_000 },
    async (sigma) => {
      const pool = poolOn(callingThread(await builtEngine()));
      const scenario = await ofSpread(sigma);
      let held = 0;
      for (let seed = 0; seed < SEEDS; seed++) {
        const result = await simulateIn(pool, { ...scenario, seed: `tails ${seed}` }, {});
        const row = summaryRows('', seriesOf(result)).find(({ metric }) => metric === 'energy')!;
        held += within(1000 * Math.exp(sigma ** 2 / 2), row.mean_low, row.mean_high);
      }
      expect(Math.abs(held / SEEDS - 0.95)).toBeLessThan(NEAR);
    },
  );
});

it('a pool of models that go together is worth one of them, and of independent ones as many as there are', () => {
  const draws = (phase: number) =>
    Float64Array.from({ length: 2000 }, (_, i) => ((i * 0.618034 + phase * i * 0.2718) % 1) - 0.5);
  const members = (...columns: Float64Array[]) => ({
    members: columns.map((ln) => ({
      draws: { ln, value: ln.map(Math.exp) },
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    })),
    divisor: { ln: new Float64Array(2000), value: new Float64Array(2000).fill(1) },
    kept: 1,
  });
  const pilot = new Pilot(
    new Map([
      [0, members(draws(0), draws(0))],
      [1, members(draws(0), draws(1))],
    ]),
    10_000,
  );
  expect(pilot.effectiveDraws(0, 0, 0.5)).toBeCloseTo(10_000, -2);
  expect(Math.abs(pilot.effectiveDraws(1, 0, 0.5) / 20_000 - 1)).toBeLessThan(0.1);
  expect(pilot.meanDraws(0)).toBeCloseTo(10_000, -2);
  expect(Math.abs(pilot.meanDraws(1) / 20_000 - 1)).toBeLessThan(0.1);
});

/** One model, whose energies are lognormal about 1000 Wh. */
function ofSpread(sigma: number): Promise<ResolvedScenario> {
  const head = TEXT.slice(0, TEXT.indexOf('models:')).replace(/pue: .*/, 'pue: 1');
  const model = `models: { A: { tps: { lognormal: { mu: 0, sigma: ${sigma} } } } }`;
  const text = `${head}${model}\nregimes: { t: { output_tokens: 1000 } }\n`;
  return scenarioFromSource({ file: 'tails.yaml', text, overrides: {}, datasets: {} });
}

function within(value: number, low: number | null, high: number | null): number {
  return low !== null && high !== null && low <= value && value <= high ? 1 : 0;
}

/** Median of equally many draws of some lognormals. */
function medianOf(parts: readonly { mu: number; sigma: number }[]): number {
  const below = (x: number) => average(parts.map(({ mu, sigma }) => standardNormalCdf((x - mu) / sigma)));
  return Math.exp(risingRoot((x) => below(x) - 0.5, -20, 20));
}

/** Mean of a lognormal between its P14 and P86. */
function trimmedMean({ mu, sigma }: { mu: number; sigma: number }): number {
  const cut = risingRoot((z) => standardNormalCdf(z) - 0.86, 0, 3);
  const share = standardNormalCdf(cut - sigma) - standardNormalCdf(-cut - sigma);
  return (meanOf({ mu, sigma }) * share) / 0.72;
}

it.each([
  [1.5, 0],
  [2.5, 1],
])('a mean of energies that spread by %d in ln has %i note on its interval', async (sigma, notes) => {
  const pool = poolOn(callingThread(await builtEngine()));
  const scenario = await ofSpread(sigma);
  const result = await simulateIn(pool, scenario, {});
  const told = notesOf(scenario, summaryRows('', seriesOf(result)), []);
  expect(told.filter((note) => note.includes('the interval of a mean may be too narrow'))).toHaveLength(notes);
});
