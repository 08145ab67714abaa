/**
 * The oracle judged: against the published headlines, against NumPy and SciPy, and against brute force.
 *
 * What this file cannot see: whether the project's simulator agrees with the oracle (that is the simulator's own suite, and
 * nothing of src/ is imported here), whether the published model is right about the world, and errors in the dataset or in
 * the model as published, which both sides read. The brute-force draws use the oracle's throughput fit, so the fit is held
 * separately, by NumPy's least squares. Monte Carlo bounds are 5 standard errors: a defect smaller than that passes there
 * (about 0.4 % of probability at the median).
 */
import { describe, expect, it } from 'vitest';
import { needs, tries } from '../needs.js';
import { fleetGwhPerDay } from './fleet.js';
import { lognormalCdf, lognormalFromRange, type Range } from './lognormal.js';
import { type Oracle, type OracleSpec, oracle } from './oracle.js';
import { LINE_OF_SIGHT, PATHWAYS, PUE, REGIME_MEDIAN, UTILIZATION, V1, V2 } from './presets.js';
import { fitAll, readRows, type ThroughputFit, throughputAt } from './throughput.js';

type Regime = keyof typeof REGIME_MEDIAN;

const REGIMES: readonly Regime[] = ['traditional', 'test-time-scaling'];
const exact = (power: typeof V1) => ({
  traditional: oracle({ ...power, regimeMedian: REGIME_MEDIAN.traditional }),
  'test-time-scaling': oracle({ ...power, regimeMedian: REGIME_MEDIAN['test-time-scaling'] }),
});
const v1 = exact(V1);
const v2 = exact(V2);

describe('the published headlines', () => {
  const trimmed = (of: Oracle, p: number) => of.blend().trimmed.quantile(p);
  const fleet = (of: Record<Regime, Oracle>, longShare: number, improved: boolean) =>
    fleetGwhPerDay(
      1e9,
      REGIMES.map((regime) => ({
        meanWh: of[regime].blend().mean,
        weight: regime === 'traditional' ? 1 - longShare : longShare,
        ...(improved ? { lineOfSight: LINE_OF_SIGHT[regime] } : {}),
      })),
    );

  it.each([
    ['v1, traditional, P25, Wh', 0.18, trimmed(v1.traditional, 0.25)],
    ['v1, traditional, median, Wh', 0.34, trimmed(v1.traditional, 0.5)],
    ['v1, traditional, P75, Wh', 0.67, trimmed(v1.traditional, 0.75)],
    ['v1, test-time scaling, median, Wh', 4.32, trimmed(v1['test-time-scaling'], 0.5)],
    ['v2, traditional, P25, Wh', 0.16, trimmed(v2.traditional, 0.25)],
    ['v2, traditional, median, Wh', 0.31, trimmed(v2.traditional, 0.5)],
    ['v2, test-time scaling, P75, Wh', 7.05, trimmed(v2['test-time-scaling'], 0.75)],
    ['v1, 1 billion traditional queries, GWh/day', 0.8, fleet(v1, 0, false)],
    ['v1, 10 % long, line of sight, GWh/day', 0.9, fleet(v1, 0.1, true)],
    ['v2, 1 billion traditional queries, GWh/day', 0.7, fleet(v2, 0, false)],
    ['v2, 10 % long, GWh/day', 1.7, fleet(v2, 0.1, false)],
    ['v2, 10 % long, line of sight, GWh/day', 0.8, fleet(v2, 0.1, true)],
  ])('%s: the exact value rounds to the published %d', (_, published, value) => {
    const digits = String(published).split('.')[1].length;
    expect(value.toFixed(digits)).toBe(published.toFixed(digits));
  });

  // The published figures come from a finite run of draws; these four are off by more than their rounding.
  it.each([
    ['v2, traditional, P75, Wh', 0.6, 0.60683, trimmed(v2.traditional, 0.75), 0.012],
    ['v2, test-time scaling, P25, Wh', 2.15, 2.12751, trimmed(v2['test-time-scaling'], 0.25), 0.012],
    ['v2, test-time scaling, median, Wh', 3.91, 3.90094, trimmed(v2['test-time-scaling'], 0.5), 0.012],
    ['v1, 10 % long, GWh/day', 1.8, 1.88507, fleet(v1, 0.1, false), 0.05],
  ])('%s: published %d, exact %d', (_, published, stated, value, apart) => {
    expect(value).toBeCloseTo(stated, 5);
    expect(Math.abs(value / published - 1)).toBeLessThan(apart);
  });

  it('the frontier is the three models above 200B parameters, in both presets and regimes', () => {
    for (const of of [v1, v2]) {
      for (const regime of REGIMES) {
        expect(of[regime].frontier).toEqual(['DeepSeek-R1', 'Llama 3.1 405B', 'Llama-3.1 Nemotron Ultra 253B']);
      }
    }
  });

  it('2 % of PUE draws lie below 1, and 1.9 % of utilisation draws above 1', () => {
    expect(lognormalCdf(lognormalFromRange(PUE), 1)).toBeCloseTo(0.0214, 3);
    expect(1 - lognormalCdf(lognormalFromRange(UTILIZATION), 1)).toBeCloseTo(0.0191, 3);
  });

  it('utilisation coupled to throughput raises the long-query median by about 20 %', needs('minutes'), () => {
    const coupled = oracle({ ...V2, regimeMedian: REGIME_MEDIAN['test-time-scaling'], coupled: true });
    const rise = trimmed(coupled, 0.5) / trimmed(v2['test-time-scaling'], 0.5) - 1;
    expect(rise).toBeCloseTo(0.2183, 4);
  });
});

describe('a second implementation', () => {
  // numpy.linalg.lstsq (NumPy 2.4.6) on the FP8 rows: intercept, slope of ln input, slope of ln output.
  it.each([
    ['Llama 3.1 405B', 9.761963208597079, -0.5854388831331097, 0.22656443181579172],
    ['Llama 3.1 70B', 10.82381965210779, -0.5622834170223602, 0.26207460500599633],
    ['Mixtral 8x22B', 11.22539047568234, -0.5530239498402225, 0.25166666155119793],
    ['DeepSeek-R1', 10.559279180500258, -0.5393881308834909, -0.004877551167988103],
  ])('the fit of %s is the one NumPy finds', (model, intercept, input, output) => {
    const fit = fitAll(readRows()).find((own) => own.model === model);
    expect(fit?.intercept).toBeCloseTo(intercept, 11);
    expect(fit?.inputSlope).toBeCloseTo(input, 11);
    expect(fit?.outputSlope).toBeCloseTo(output, 11);
  });

  it('two FP8 rows give a constant, and fewer leave a model out', () => {
    const fits = fitAll(readRows());
    expect(fits.filter((fit) => fit.kind === 'constant').map((fit) => [fit.model, fit.capTps])).toEqual([
      ['Llama-3.1 Nemotron Ultra 253B', 5200],
    ]);
    expect(fits.map((fit) => fit.model)).not.toContain('Mistral Large');
    expect(fits).toHaveLength(5);
  });

  // Direct sums over 50 medians of tokens with scipy.stats.norm and brentq (SciPy 1.17.1), v2, Wh.
  it.each([
    ['traditional', [0.631004676037, 0.392155682702, 0.125707962804], [0.956846499668, 0.50737477849, 0.190610933324]],
    [
      'test-time-scaling',
      [10.564359759325, 3.455251659545, 2.095132025412],
      [16.081197233525, 4.496077282177, 3.176849592824],
    ],
  ] as const)('medians and means of the frontier models in %s are those SciPy finds', (regime, medians, means) => {
    const models = v2[regime].frontier.map(v2[regime].model);
    models.forEach((model, i) => {
      expect(model.quantile(0.5) / medians[i] - 1).toBeCloseTo(0, 10);
      expect(model.mean / means[i] - 1).toBeCloseTo(0, 10);
    });
  });

  it.each([
    ['traditional', [0.162482031, 0.308847957127, 0.606832110743]],
    ['test-time-scaling', [2.127510630125, 3.900943776801, 7.053477263175]],
  ] as const)('trimmed quartiles of the blend in %s are those SciPy finds', (regime, quartiles) => {
    const { trimmed } = v2[regime].blend();
    quartiles.forEach((value, i) => {
      expect(trimmed.quantile((i + 1) / 4) / value - 1).toBeCloseTo(0, 9);
    });
  });

  it.each([false, true])(
    'merging token counts moves no probability by 1e-11 (coupled utilisation: %s)',
    needs('minutes'),
    (coupled) => {
      const spec = { ...V2, regimeMedian: REGIME_MEDIAN.traditional, coupled };
      const direct = oracle({ ...spec, cellWidth: 0 });
      for (const merged of oracle(spec).models.values()) {
        for (let p = 0.05; p < 1; p += 0.1) {
          expect(Math.abs(direct.model(merged.name).cdf(merged.quantile(p)) - p)).toBeLessThan(1e-11);
        }
      }
    },
  );
});

describe('brute force', () => {
  const N = tries(15_000, 60_000);
  const SPEC = { ...V2, regimeMedian: REGIME_MEDIAN['test-time-scaling'] };
  const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95];

  it.each([
    ['DeepSeek-R1', 'traditional', { ...V2, regimeMedian: REGIME_MEDIAN.traditional }],
    ['Llama 3.1 405B', 'long queries', SPEC],
    ['Llama 3.1 70B', 'long queries with coupled utilisation', { ...SPEC, coupled: true }],
    [
      'Mixtral 8x22B',
      'short answers to long prompts, prefill counted',
      { ...V1, regimeMedian: 30, inputTokens: 5000, prefillWeight: 1 / 30 },
    ],
  ])(
    '%s, %s: quantiles and mean within 5 standard errors of so many draws',
    needs('minutes'),
    (name, _, spec: OracleSpec) => {
      const model = oracle(spec).model(name);
      const { energy, tps } = simulate(model.fit, spec, N, generator(1));
      for (const p of PROBABILITIES)
        expect(Math.abs(model.cdf(empirical(energy, p)) - p)).toBeLessThan(5 * error(p, N));
      expect(Math.abs(mean(energy) - model.mean)).toBeLessThan((5 * model.std) / Math.sqrt(N));
      const q = model.tps.quantile(0.5);
      const below = tps.filter((value) => value < q * (1 - 1e-12)).length / N;
      const upTo = tps.filter((value) => value <= q * (1 + 1e-12)).length / N;
      expect(below).toBeLessThan(0.5 + 5 * error(0.5, N));
      expect(upTo).toBeGreaterThan(0.5 - 5 * error(0.5, N));
    },
  );

  it('the shares of draws that are zero, capped and outside the covered lengths are those of the draws', () => {
    const model = v2['test-time-scaling'].model('Llama 3.1 405B');
    const { energy, capped, outside } = simulate(model.fit, SPEC, N, generator(2));
    const zeros = energy.filter((value) => value === 0).length;
    const shares = [model.mixture.zeroMass, model.tps.cappedShare, model.tps.outsideOutputRangeShare];
    [zeros, capped, outside].forEach((count, i) => {
      expect(Math.abs(count / N - shares[i])).toBeLessThan(5 * error(shares[i], N));
    });
  });

  // Members are trimmed by their own sample's percentiles, as in the paper. A share of the kept 72 % is then at most
  // 1 / 0.72 times as uncertain as a share of all draws, and that is largest at one half.
  const POOL_ERROR = (5 * error(0.5, N)) / 0.72;
  const trimmedDraws = (random: () => number) =>
    v2['test-time-scaling'].frontier.map((name) => {
      const model = v2['test-time-scaling'].model(name);
      const power = { ...SPEC, nodePowerKw: name === 'DeepSeek-R1' ? V2.deepSeekNodePowerKw : V2.nodePowerKw };
      const { energy } = simulate(model.fit, power, N, random);
      return between(between(energy, 0.05, 0.95), 0.1, 0.9);
    });

  it('the trimmed blend of long queries: quantiles within 5 standard errors', needs('minutes'), () => {
    const pool = Float64Array.from(trimmedDraws(generator(3)).flatMap((kept) => [...kept])).sort();
    const { trimmed } = v2['test-time-scaling'].blend();
    for (const p of PROBABILITIES) expect(Math.abs(trimmed.cdf(empirical(pool, p)) - p)).toBeLessThan(POOL_ERROR);
    expect(Math.abs(mean(pool) - trimmed.mean)).toBeLessThan(5 * errorOfMean(pool));
  });

  it(
    'the trimmed blend of long queries under the combined pathway: quantiles within 5 standard errors',
    needs('minutes'),
    () => {
      const random = generator(4);
      const improved = trimmedDraws(random).flatMap((kept) => divided(kept, PATHWAYS.combined, random));
      const pool = Float64Array.from(improved).sort();
      const { trimmed } = v2['test-time-scaling'].blend().pathway(PATHWAYS.combined);
      for (const p of PROBABILITIES) expect(Math.abs(trimmed.cdf(empirical(pool, p)) - p)).toBeLessThan(POOL_ERROR);
      expect(Math.abs(mean(pool) - trimmed.mean)).toBeLessThan(5 * errorOfMean(pool));
    },
  );

  it('one untrimmed model under the model pathway: quantiles within 5 standard errors', () => {
    const random = generator(6);
    const model = v2.traditional.model('Llama 3.1 405B');
    const { energy } = simulate(model.fit, { ...V2, regimeMedian: REGIME_MEDIAN.traditional }, N, random);
    const draws = Float64Array.from(divided(energy, PATHWAYS.model, random)).sort();
    const { untrimmed } = v2.traditional.blend([model.name]).pathway(PATHWAYS.model);
    for (const p of PROBABILITIES) {
      expect(Math.abs(untrimmed.cdf(empirical(draws, p)) - p)).toBeLessThan(5 * error(p, N));
    }
  });

  it('a fleet improved by a random multiplier uses the mean of its reciprocal', () => {
    const random = generator(5);
    const draws = Float64Array.from({ length: N }, () => 1 / multiplier([LINE_OF_SIGHT.traditional], random));
    const one = { meanWh: 1, weight: 1 };
    const ratio = fleetGwhPerDay(1, [{ ...one, lineOfSight: LINE_OF_SIGHT.traditional }]) / fleetGwhPerDay(1, [one]);
    // The reciprocal varies by less than its own mean: at most 0.5.
    expect(Math.abs(mean(draws) - ratio)).toBeLessThan((5 * 0.5) / Math.sqrt(N));
  });
});

/** Standard error of an observed share whose expectation is p. */
function error(p: number, n: number): number {
  return Math.sqrt((p * (1 - p)) / n);
}

/** Standard error of a mean; draws that trimming has left count as so many. */
function errorOfMean(draws: Float64Array): number {
  const center = mean(draws);
  return Math.sqrt(mean(draws.map((value) => (value - center) ** 2)) / draws.length);
}

/** Draws of energy (Wh) and tps of one model, straight from the formula of the paper; energy sorted. */
function simulate(fit: ThroughputFit, spec: OracleSpec, n: number, random: () => number) {
  const input = spec.inputTokens ?? 500;
  const power = fit.model === 'DeepSeek-R1' ? spec.deepSeekNodePowerKw : spec.nodePowerKw;
  const energy = new Float64Array(n);
  const tps = new Float64Array(n);
  let [capped, outside] = [0, 0];
  for (let i = 0; i < n; i++) {
    const output = Math.round((-Math.log(1 - random()) * spec.regimeMedian) / Math.LN2);
    const speed = throughputAt(fit, input, output);
    const utilization = spec.coupled ? 0.24 + (0.56 * speed.tps) / fit.capTps : multiplier([UTILIZATION], random);
    const tokens = output + (spec.prefillWeight ?? 0) * input;
    energy[i] = (((multiplier([PUE], random) * power * utilization * tokens) / speed.tps) * 1000) / 3600;
    tps[i] = speed.tps;
    if (speed.capped) capped++;
    if (output < fit.outputRange[0] || output > fit.outputRange[1]) outside++;
  }
  return { energy: energy.sort(), tps, capped, outside };
}

/** Draws divided by a fresh multiplier each. */
function divided(draws: Float64Array, ranges: readonly Range[], random: () => number): number[] {
  return Array.from(draws, (value) => value / multiplier(ranges, random));
}

/** Product of independent lognormals, by Box and Muller. */
function multiplier(ranges: readonly Range[], random: () => number): number {
  return ranges.reduce((product, [p5, p95]) => {
    const z = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return product * Math.sqrt(p5 * p95) * (p95 / p5) ** (z / 3.29);
  }, 1);
}

/** Uniform [0, 1) by mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function empirical(sorted: Float64Array, p: number): number {
  return sorted[Math.floor(p * sorted.length)];
}

function between(sorted: Float64Array, low: number, high: number): Float64Array {
  return sorted.slice(Math.round(low * sorted.length), Math.round(high * sorted.length));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
