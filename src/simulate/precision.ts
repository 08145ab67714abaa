import { pointsOf, REPLICATES, type Sampler } from '../random/sampler.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { PrecisionReached } from '../result/precision-reached.js';
import type { Result } from '../result/result.js';
import { type Series, seriesOf } from '../result/series.js';
import type { Precision, ResolvedScenario } from '../scenario/resolved.js';
import type { PreciseMetric } from '../scenario/sections/sampling.js';
import type { QuantileFound } from '../sketch/integrated.js';
import { probabilityOf } from '../sketch/quantile-name.js';
import { quantiles, rankInterval } from '../sketch/statistics.js';

/** A scenario that says how well to know a quantile. */
export type PreciseScenario = ResolvedScenario & { readonly precision: Precision };

export function asksForPrecision(scenario: ResolvedScenario): scenario is PreciseScenario {
  return scenario.precision !== undefined;
}

/**
 * Simulates with growing numbers of samples until a quantile of every subject is known well enough (energy of every blend, or of
 * every model, where there is no blend; throughput of every model), or the scenario's `samples` are reached. The result is that of the plain scenario with the last
 * round's samples, and carries that scenario: its tables are the same byte for byte. Earlier rounds are drawn anew, which
 * costs little, for each round is at least twice the one before, and mostly much more.
 */
export async function simulateToPrecision(
  { precision, samples: limit, ...plain }: PreciseScenario,
  simulate: (scenario: ResolvedScenario) => Promise<Result>,
): Promise<Result & { readonly precision: PrecisionReached }> {
  const { metric, quantile, relative: asked } = precision;
  const rounds: number[] = [];
  for (let samples = Math.min(FIRST_ROUND, limit); ; ) {
    const result = await simulate({ ...plain, samples });
    rounds.push(samples);
    const found = widestError(result, metric, probabilityOf(quantile));
    if (isIntegrated(result)) {
      const reached = { metric, quantile, asked, found, samples: 0, limit, rounds: [0] };
      return { ...result, scenario: { ...plain, samples: limit }, precision: reached };
    }
    if (found <= asked || samples === limit)
      return { ...result, precision: { metric, quantile, asked, found, samples, limit, rounds } };
    samples = nextSize(pointsOf(plain.sampler), samples, found / asked, limit);
  }
}

/** Samples of the next round, when the error is `excess` times what it should be. */
export function nextSize(sampler: Sampler, samples: number, excess: number, limit: number): number {
  const wanted = samples * Math.max(2, Math.min(MOST_GROWTH, MARGIN * excess ** GROWTH[sampler]));
  return Math.min(limit, wholeRounds(sampler, wanted));
}

/** Enough for a first guess of the error: 4 blocks of each replicate. */
const FIRST_ROUND = 4 * REPLICATES * BLOCK_SIZE;

/** Error falls as n^(-1/2), with Sobol points faster; rounding, and chance in the estimate, are allowed for by a tenth. */
const GROWTH: Readonly<Record<Sampler, number>> = { pseudo: 2, 'latin-hypercube': 2, sobol: 4 / 3 };
const MARGIN = 1.1;
const MOST_GROWTH = 1024;

/** Whole blocks; for stratified samplers equally many in each replicate, for Sobol points a power of two. */
export function wholeRounds(sampler: Sampler, samples: number): number {
  if (sampler === 'pseudo') return Math.ceil(samples / BLOCK_SIZE) * BLOCK_SIZE;
  const unit = REPLICATES * BLOCK_SIZE;
  const units = Math.ceil(samples / unit);
  return unit * (sampler === 'sobol' ? 2 ** Math.ceil(Math.log2(units)) : units);
}

function widestError(result: Result, metric: PreciseMetric, probability: number): number {
  const series = seriesOf(result).filter((one) => one.metric === metric);
  const blends = series.filter(({ subject_kind }) => subject_kind === 'blend');
  return Math.max(...(blends.length > 0 ? blends : series).map((one) => relativeError(one, probability)));
}

/** Whether nothing was drawn, so that more draws would tell no more. */
function isIntegrated({ models, blends }: Result): boolean {
  return [models, blends].every(({ integrated, plan }) =>
    plan.counted.every((_, place) => integrated?.[place]?.statistics.n === 0),
  );
}

function relativeError({ histogram, effectiveDraws, integrated }: Series, probability: number): number {
  if (integrated) return relativeHalf(integrated.quantile(probability));
  const [below, above] = rankInterval(probability, effectiveDraws(probability));
  const [low, value, high] = quantiles(histogram, [Math.max(0, below), probability, Math.min(1, above)]);
  return relativeHalf({ low, value, high });
}

function relativeHalf({ low, value, high }: QuantileFound): number {
  const half = Math.max(high - value, value - low);
  // A quantile of zero is known when the whole interval is zero; without draws nothing is.
  return half === 0 ? 0 : Number.isNaN(half) ? Number.POSITIVE_INFINITY : half / value;
}
