// Runs with request-cost throughput against exact distributions: with lognormal PUE and utilisation the energy of each whole number
// of output tokens is lognormal, so all together are a finite mixture; its formula is written here anew. Then the paper's own
// rows, and laws of the costs. What it cannot see: whether the law is true of any node (bench/throughput-law.mjs judges that).
import { describe, expect, it } from 'vitest';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { loadScenario } from '../../src/scenario/load.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { statisticsOf } from '../../src/sketch/statistics.js';
import { needs } from '../needs.js';
import { type Lognormal, lognormalFromRange, productOf } from '../oracle/lognormal.js';
import { type Mixture, mixtureCdf, quantileOf } from '../oracle/mixture.js';
import { outputTokens } from '../oracle/output-tokens.js';

const [A, B, C, W] = [1.2e-4, 1.3e-4, 7e-8, 0.02];
const MEDIAN = 5000;
const SAMPLES = 200_000;

const noDataset = () => Promise.reject(new Error('this scenario names no dataset'));

function scenarioOf(query = '') {
  const text = `
version: 1
name: exact
seed: exact
samples: ${SAMPLES}
node_power_kw: 10
models:
  M: { node_seconds: { per_input_token: ${A}, per_output_token: ${B}, per_context_token: ${C}, per_step: ${W} } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: { lognormal: { p5: 1.05, p95: 1.6 } }
input_tokens: 6000
output_tokens: { exponential: { median: ${MEDIAN} } }
regimes: { all: {${query}} }
`;
  return scenarioFromText(text, 'exact.yaml', noDataset);
}

/** The exact law of energy: node-seconds of each token count, as the issue of the law states them, times lognormal factors. */
function exactEnergy(cached: number, concurrency: number | undefined) {
  const law = outputTokens(MEDIAN);
  const factors: Lognormal = productOf([lognormalFromRange([0.4, 0.9]), lognormalFromRange([1.05, 1.6])]);
  const tokens = Array.from({ length: law.last + 1 }, (_, k) => k);
  const seconds = (k: number) =>
    A * (6000 - cached) + k * (B + (concurrency === undefined ? 0 : W / concurrency)) + C * k * (6000 + k / 2);
  const mixture: Mixture = {
    zeroMass: 0,
    weights: Float64Array.from(tokens, (k) => law.probability(k)),
    mus: Float64Array.from(tokens, (k) => Math.log((10 * seconds(k) * 1000) / 3600) + factors.mu),
    sigma: factors.sigma,
  };
  const mean = tokens.reduce(
    (sum, k) => sum + law.probability(k) * Math.exp(mixture.mus[k] + factors.sigma ** 2 / 2),
    0,
  );
  return {
    cdf: (x: number) => mixtureCdf(mixture, x),
    mean,
    quantile: (p: number) => quantileOf([mixture], (x) => mixtureCdf(mixture, x), p),
  };
}

describe('the energy of a request', () => {
  it.each([
    ['of a full node', '', 0, undefined],
    ['with cached tokens', ' cached_input_tokens: 5000 ', 5000, undefined],
    ['with few queries in flight', ' concurrency: 8, cached_input_tokens: 1000 ', 1000, 8],
  ] as const)(
    '%s has the quantiles of its exact distribution, within their errors',
    async (_, query, cached, concurrency) => {
      const { models } = await simulateHere(await scenarioOf(query));
      const measure = models.plan.measures.find(({ row }) => row.metric === 'energy')!;
      const found = statisticsOf(models.sketches.histograms[measure.of], SAMPLES);
      const exact = exactEnergy(cached, concurrency);
      for (const [name, p] of [
        ['p05', 0.05],
        ['p25', 0.25],
        ['p50', 0.5],
        ['p75', 0.75],
        ['p95', 0.95],
      ] as const) {
        // Ranks of independent draws are binomial; four standard errors are not left by chance.
        const error = 4 * Math.sqrt((p * (1 - p)) / SAMPLES);
        expect(Math.abs(exact.cdf(found[name]) - p), name).toBeLessThan(error);
      }
      expect(Math.abs(found.mean / exact.mean - 1)).toBeLessThan((4 * found.std) / found.mean / Math.sqrt(SAMPLES));
    },
  );
});

describe('the paper’s scenario under request-cost', () => {
  it(
    'keeps the trimmed blend of traditional queries, and moves the long ones to 4.8 to 7 Wh',
    needs('minutes'),
    async () => {
      const file = new URL('../../scenarios/oviedo-2026.yaml', import.meta.url).pathname;
      const asked = { samples: 50_000, set: ['throughput.form=request-cost'] };
      const rows = summaryRows('oviedo-2026', seriesOf(await simulateHere(await loadScenario(file, asked))));
      const median = (regime: string) =>
        rows.find((row) => row.regime === regime && row.trim === 'p14-p86' && row.pathway === 'baseline')!.p50!;
      expect(median('traditional')).toBeGreaterThan(0.27);
      expect(median('traditional')).toBeLessThan(0.34);
      expect(median('test-time-scaling')).toBeGreaterThan(4.8);
      expect(median('test-time-scaling')).toBeLessThan(7);
    },
  );
});

describe('laws', () => {
  const medianOf = async (query: string) => {
    const { models } = await simulateHere(await scenarioOf(query), { kernel: 'reference' });
    const of = (metric: string) => models.plan.measures.find(({ row }) => row.metric === metric)!.of;
    const statistics = (metric: string) => statisticsOf(models.sketches.histograms[of(metric)], 1);
    return { energy: statistics('energy').p50, tps: statistics('tps') };
  };

  it('more context never costs less, caching never more, and company in flight saves', needs('minutes'), async () => {
    const [plain, longer, cached, alone, many] = await Promise.all(
      ['', 'input_tokens: 9000', 'cached_input_tokens: 3000', 'concurrency: 1', 'concurrency: 64'].map(medianOf),
    );
    expect(longer.energy).toBeGreaterThan(plain.energy);
    expect(cached.energy).toBeLessThan(plain.energy);
    expect(alone.energy).toBeGreaterThan(many.energy);
    expect(many.energy).toBeGreaterThan(plain.energy);
  });

  it('a query without output has no throughput and takes the energy of its prompt', async () => {
    const { energy, tps } = await medianOf('output_tokens: 0, power_utilization: 0.5, pue: 1.2');
    expect(energy).toBeCloseTo((1.2 * 10 * 0.5 * A * 6000 * 1000) / 3600, 12);
    expect([tps.n, tps.p50]).toEqual([SAMPLES, 0]);
  });

  it('a query without any token is no throughput that is not a number', async () => {
    const { energy, tps } = await medianOf('output_tokens: 0, input_tokens: 0');
    expect([energy, tps.n, tps.p50]).toEqual([0, SAMPLES, 0]);
  });
});
