// Ratios of energies of queries that may put out no token: 0/0 is not counted, in either engine, whichever factor is 0. The
// expected mean and share are sums over the whole-number law of the tokens, each by the fit's own formula. What it cannot see:
// the fit itself, which test/oracle has.
import { describe, expect, it } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { lawOf, lnTpsUncapped } from '../../src/model/throughput/throughput.js';
import type { Result } from '../../src/result/result.js';
import { seriesOf } from '../../src/result/series.js';
import { loadScenario } from '../../src/scenario/load.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { simulateIn } from '../../src/simulate/simulate.js';
import { quantiles, statisticsOf } from '../../src/sketch/statistics.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { builtEngine } from '../built-engine.js';

const OUTSIDE = new URL('../../scenarios/non-production.yaml', import.meta.url).pathname;
const MODEL = 'Llama 3.1 405B';
const SERVING = 'as-published';

const shortAnswers = (samples: number, ...set: string[]) =>
  loadScenario(OUTSIDE, { samples, set: ['regimes.traditional.output_tokens={ exponential: { median: 1 } }', ...set] });

const drawn = async (kernel: 'reference' | 'wasm', scenario: ResolvedScenario) =>
  simulateIn(poolOn(callingThread(kernel === 'wasm' ? await builtEngine() : REFERENCE_ENGINE)), scenario, {});

const seriesNamed = (result: Result, metric: string, pathway: string) =>
  seriesOf(result).find(
    (one) => one.subject === MODEL && one.regime === 'traditional' && one.metric === metric && one.pathway === pathway,
  )!;

/** Mean ratio over queries of one token or more, each count of an exponential law of median 1 by its share. */
function exactMean({ models, regimes, non_production }: ResolvedScenario): number {
  const { throughput } = models.find(({ name }) => name === MODEL)!;
  const [{ input_tokens }] = regimes;
  const other = non_production.find(({ name }) => name === SERVING)!.models.find(({ name }) => name === MODEL)!;
  if (throughput.method !== 'regression' || input_tokens.family !== 'constant') throw new Error('not as the preset');
  const input = Math.log(input_tokens.parameters.value);
  let sum = 0;
  for (let tokens = 1; tokens < 60; tokens++) {
    const share = 2 ** -(tokens - 0.5) - 2 ** -(tokens + 0.5);
    const tps = Math.min(Math.exp(lnTpsUncapped(lawOf(throughput), input, Math.log(tokens))), throughput.cap_tps);
    sum += (share * tps) / other.tps;
  }
  return sum / 2 ** -0.5;
}

describe.each(['reference', 'wasm'] as const)('with the %s kernel', (kernel) => {
  it('leaves draws without tokens out of the ratio, and counts their energies as zeros', async () => {
    const scenario = await shortAnswers(kernel === 'wasm' ? 200_000 : 20_000);
    const result = await drawn(kernel, scenario);
    const { n, mean, std } = statisticsOf(seriesNamed(result, 'energy_ratio', SERVING).histogram, scenario.samples);
    expect(Math.abs(n / scenario.samples - 2 ** -0.5)).toBeLessThan(4 * Math.sqrt(0.21 / scenario.samples));
    expect(Math.abs(mean - exactMean(scenario))).toBeLessThan((4 * std) / Math.sqrt(n));
    for (const pathway of ['baseline', SERVING]) {
      expect(seriesNamed(result, 'energy', pathway).histogram.zeros).toBe(scenario.samples - n);
    }
    if (kernel !== 'wasm') return;
    expect(n).toBe(141_395);
    expect(mean).toBeCloseTo(0.891, 3);
    const ratios = seriesNamed(result, 'energy_ratio', SERVING).histogram;
    expect(quantiles(ratios, [0.05])[0]).toBeCloseTo(0.788, 3);
  });

  it('leaves draws out whose energy is 0 for another reason', async () => {
    const idle = 'power_utilization={ empirical: { values: [0, 0.5], weights: [1, 3] } }';
    const scenario = await shortAnswers(20_000, 'regimes.traditional.output_tokens=300', idle);
    const result = await drawn(kernel, scenario);
    const { n } = statisticsOf(seriesNamed(result, 'energy_ratio', SERVING).histogram, scenario.samples);
    expect(n).toBe(scenario.samples - seriesNamed(result, 'energy', 'baseline').histogram.zeros);
    expect(n / scenario.samples).toBeCloseTo(0.75, 1);
  });
});
