/**
 * The paper's models, blends, trims and pathways put together from laws, against the independent oracle (test/oracle,
 * which shares no code with src): no draw is made on either side. What it cannot see: how a plan is split into laws,
 * which is not done here.
 */
import { describe, expect, it } from 'vitest';
import { ln } from '../../../src/distributions/elementary.js';
import {
  type CountPoints,
  countLaw,
  countPoints,
  countPowerMean,
} from '../../../src/kernel/integration/count-points.js';
import { factorLaw } from '../../../src/kernel/integration/factor-law.js';
import { lawDeviation, lawPowerMean } from '../../../src/kernel/integration/law-power-mean.js';
import type { LnLaw } from '../../../src/kernel/integration/ln-law.js';
import { powerMean } from '../../../src/kernel/integration/power-mean.js';
import { productOf } from '../../../src/kernel/integration/product.js';
import { refined } from '../../../src/kernel/integration/refined.js';
import { pooled } from '../../../src/kernel/integration/reshape.js';
import { Spectra } from '../../../src/kernel/integration/spectra.js';
import { trimmed } from '../../../src/kernel/integration/trimmed.js';
import { probabilityWhere, wholeNumbers } from '../../../src/kernel/integration/whole-numbers.js';
import { TRIM_HIGH, TRIM_LOW } from '../../../src/model/blend.js';
import { LN_WH_PER_KJ } from '../../../src/model/energy.js';
import { coupledPowerUtilization } from '../../../src/model/power.js';
import { needs } from '../../needs.js';
import type { Range } from '../../oracle/lognormal.js';
import { oracle } from '../../oracle/oracle.js';
import { PATHWAYS, PUE, REGIME_MEDIAN, UTILIZATION, V1 } from '../../oracle/presets.js';
import { throughputAt } from '../../oracle/throughput.js';
import { distribution } from './laws.js';

const PROBABILITIES = [0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999];
const lognormal = ([p5, p95]: Range) => distribution({ lognormal: { p5, p95 } });
const [pue, utilization] = [await factorLaw(lognormal(PUE)), await factorLaw(lognormal(UTILIZATION))];
const spectra = new Spectra();

/** A tenth of what steps are chosen for, relative: from P5 to P95, and beyond. */
const BOUND = 1e-5;
const BOUND_BEYOND = 1e-4;

function expectQuantiles(compute: (step: number) => LnLaw, exact: { cdf(x: number): number }): void {
  const { quantiles } = refined(compute, PROBABILITIES);
  for (const { probability, lnValue, low, high } of quantiles) {
    expect(exact.cdf(Math.exp(high))).toBeGreaterThanOrEqual(probability);
    if (lnValue === Number.NEGATIVE_INFINITY) continue;
    expect(exact.cdf(Math.exp(low))).toBeLessThanOrEqual(probability);
    const bound = Math.min(probability, 1 - probability) < 0.05 ? BOUND_BEYOND : BOUND;
    expect(exact.cdf(Math.exp(lnValue - bound))).toBeLessThan(probability);
    expect(exact.cdf(Math.exp(lnValue + bound))).toBeGreaterThan(probability);
  }
}

describe.each(['traditional', 'test-time-scaling'] as const)('%s queries', async (regime) => {
  const exact = oracle({ ...V1, regimeMedian: REGIME_MEDIAN[regime] });
  const answers = await wholeNumbers(distribution({ exponential: { median: REGIME_MEDIAN[regime] } }));
  const points = remembering((step) => countPoints(answers, step / 2));
  const lnNode = (name: string) => ln(name === 'DeepSeek-R1' ? V1.deepSeekNodePowerKw : V1.nodePowerKw) + LN_WH_PER_KJ;
  const lnAnswer = (name: string) => (count: number) =>
    count === 0 ? -Infinity : ln(count) - ln(throughputAt(exact.model(name).fit, 500, count).tps) + lnNode(name);
  const laws = new Map(
    [...exact.models.keys()].map((name) => [
      name,
      remembering((step) => productOf([pue, utilization, countLaw(points(step), lnAnswer(name))], step, spectra)),
    ]),
  );
  const blend = exact.blend();
  const pool = (of: (law: LnLaw) => LnLaw) => (step: number) =>
    pooled(
      exact.frontier.map((name) => of(laws.get(name)!(step))),
      exact.frontier.map(() => 1 / exact.frontier.length),
    );
  const untrimmed = pool((law) => law);
  const cut = pool((law) => trimmed(law, TRIM_LOW, TRIM_HIGH));

  it.each([...exact.models.keys()])('to %s have the exact quantiles, zeros, mean and deviation', async (name) => {
    const compute = laws.get(name)!;
    expectQuantiles(compute, exact.model(name));
    const law = compute(1 / 32);
    expect(law.zero).toBeCloseTo(exact.model(name).mixture.zeroMass, 13);
    const counts = countPoints(answers, 1 / 256);
    const factors = (power: number) =>
      Promise.all([powerMean(lognormal(PUE), power), powerMean(lognormal(UTILIZATION), power)]);
    const [first, second] = await Promise.all(
      [1, 2].map(async (power) => {
        const [a, b] = await factors(power);
        return a * b * meanOf(counts, lnAnswer(name), power);
      }),
    );
    expect(Math.abs(first / exact.model(name).mean - 1)).toBeLessThan(1e-7);
    expect(Math.abs(Math.sqrt(second - first ** 2) / exact.model(name).std - 1)).toBeLessThan(1e-6);
    expect(Math.abs(lawDeviation(law, 1 / 32) / exact.model(name).std - 1)).toBeLessThan(1e-5);
  });

  it.each([...exact.models.keys()])('to %s have the exact shares that the cap and the rows cut off', (name) => {
    const { fit, tps } = exact.model(name);
    const capped = probabilityWhere(answers, (count) => throughputAt(fit, 500, count).capped);
    expect(Math.abs(capped - tps.cappedShare)).toBeLessThan(1e-12);
    const [shortest, longest] = fit.outputRange;
    const outside = probabilityWhere(answers, (count) => count < shortest || count > longest);
    expect(Math.abs(outside - tps.outsideOutputRangeShare)).toBeLessThan(1e-12);
  });

  it('pooled have the exact quantiles and mean, untrimmed and trimmed by rank', needs('minutes'), () => {
    expectQuantiles(untrimmed, blend.untrimmed);
    expectQuantiles(cut, blend.trimmed);
    expect(Math.abs(lawPowerMean(untrimmed(1 / 128), 1, 1 / 128) / blend.untrimmed.mean - 1)).toBeLessThan(1e-6);
    expect(Math.abs(lawPowerMean(cut(1 / 32), 1, 1 / 32) / blend.trimmed.mean - 1)).toBeLessThan(1e-7);
  });

  it.each(Object.entries(PATHWAYS))('of the pathway %s have the exact quantiles and mean', async (_, ranges) => {
    const divisors = await Promise.all(ranges.map((range) => factorLaw(lognormal(range), -1)));
    const exactly = blend.pathway(ranges);
    expectQuantiles((step) => productOf([untrimmed(step), ...divisors], step, spectra), exactly.untrimmed);
    expectQuantiles((step) => productOf([cut(step), ...divisors], step, spectra), exactly.trimmed);
    const law = productOf([cut(1 / 64), ...divisors], 1 / 64, spectra);
    expect(Math.abs(lawPowerMean(law, 1, 1 / 64) / exactly.trimmed.mean - 1)).toBeLessThan(1e-6);
  });

  it('whose utilisation is coupled to their own throughput have the exact quantiles', needs('minutes'), () => {
    const coupled = oracle({ ...V1, regimeMedian: REGIME_MEDIAN[regime], coupled: true });
    const { fit } = coupled.model('Llama 3.1 405B');
    const lnUtilized = (count: number) => {
      const { tps } = throughputAt(fit, 500, count);
      return lnAnswer('Llama 3.1 405B')(count) + ln(coupledPowerUtilization(0.24, 0.56, tps / fit.capTps));
    };
    expectQuantiles(
      (step) => productOf([pue, countLaw(points(step), lnUtilized)], step, spectra),
      coupled.model('Llama 3.1 405B'),
    );
  });
});

function meanOf(points: CountPoints, lnOf: (count: number) => number, power: number): number {
  return countPowerMean(points, lnOf, power);
}

function remembering<T>(compute: (step: number) => T): (step: number) => T {
  const known = new Map<number, T>();
  return (step) => {
    const found = known.get(step) ?? compute(step);
    known.set(step, found);
    return found;
  };
}
