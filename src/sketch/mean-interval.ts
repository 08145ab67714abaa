import { exp, ln } from '../distributions/elementary.js';
import { normalCumulative } from '../distributions/normal-cumulative.js';
import { BINS_PER_E, binOf, type HistogramData } from './histogram.js';
import { positions, STRETCH, touched } from './positions.js';

/** Moments of what was counted, and its draws by stretches of bins, as `stretchCounts` has them. */
export interface SummedDraws {
  readonly histogram: HistogramData;
  readonly stretches: Float64Array;
  readonly n: number;
  readonly mean: number;
  readonly std: number;
}

/** 97.5th percentile of the standard normal distribution. */
const Z = 1.959963984540054;

/** Skewness of the mean itself from which on its tail is looked at; below, the interval holds by the draws' own moments. */
const SKEWED = 0.1;

/** Of the interval about the mean that the tail goes on to, so much is taken: by trial, see bench/interval-coverage.mjs. */
const TAIL_WEIGHT = 0.4;

/** Probabilities between which a tail is taken for lognormal, and from the second on goes on as such; their normal scores. */
const TAIL = [0.9, 0.99] as const;
const TAIL_SCORES = [1.2815515655446004, 2.3263478740408408] as const;

/**
 * 95 % interval of the mean of a quantity that is never negative, Monte Carlo error alone: by Hall's transformation of the studentised mean, which allows for
 * skewness (Hall, "On the removal of skewness by transformation", J. R. Statist. Soc. B 54, 1992), widened where a heavy tail goes
 * further than the draws did. Holds for spreads of ln x up to 2 from 4,096 draws on; beyond, it may be too narrow.
 *
 * @param draws independent draws that the mean is worth
 */
export function meanInterval(drawn: SummedDraws, draws: number): [low: number, high: number] {
  const { mean, std } = drawn;
  const error = std / Math.sqrt(draws);
  if (!(error > 0)) return [mean, mean];
  const skewness = skewnessOf(drawn) / Math.sqrt(draws);
  const [low, high] = [Z, -Z].map((score) => mean - error * studentised(score, skewness));
  if (!(skewness > SKEWED)) return [low, high];
  const tail = withTail(drawn);
  const half = TAIL_WEIGHT * Z * (Math.max(std, tail.std) / Math.sqrt(draws));
  return [Math.max(0, Math.min(low, tail.mean - half)), Math.max(high, tail.mean + half)];
}

/** Quantile of a studentised mean at a normal score: the inverse of Hall's cubic. @param skewness of the mean */
function studentised(score: number, skewness: number): number {
  if (Math.abs(skewness) < 1e-6) return score;
  return (3 / skewness) * (Math.cbrt(1 + skewness * (score - skewness / 6)) - 1);
}

/** Skewness, each stretch's draws at its middle: within a hundredth. */
function skewnessOf({ histogram, stretches, n, mean, std }: SummedDraws): number {
  const lnMean = ln(mean);
  let sum = -histogram.zeros;
  eachStretch(histogram, stretches, (draws, lnMiddle) => {
    sum += draws * (exp(lnMiddle - lnMean) - 1) ** 3;
  });
  return sum / n / (std / mean) ** 3;
}

/** Mean and standard deviation, if beyond its P99 the quantity went on as the lognormal distribution that joins P90 and P99. */
function withTail({ histogram, stretches, n, mean, std }: SummedDraws): { mean: number; std: number } {
  const [lower, upper] = positions(histogram, TAIL, stretches).map(({ bin }) => bin / BINS_PER_E);
  const sigma = (upper - lower) / (TAIL_SCORES[1] - TAIL_SCORES[0]);
  if (!(sigma > 0 && Number.isFinite(sigma))) return { mean, std };
  const lnMean = ln(mean);
  const mu = upper - TAIL_SCORES[1] * sigma - lnMean;
  const beyond = (power: number) =>
    exp(power * mu + (power * sigma) ** 2 / 2) * normalCumulative(power * sigma - TAIL_SCORES[1]);
  let [first, second, left] = [beyond(1), beyond(2), TAIL[1] * n - histogram.zeros];
  eachStretch(histogram, stretches, (draws, lnMiddle) => {
    const share = Math.max(0, Math.min(draws, left)) / n;
    left -= draws;
    first += share * exp(lnMiddle - lnMean);
    second += share * exp(2 * (lnMiddle - lnMean));
  });
  return { mean: mean * first, std: mean * Math.sqrt(Math.max(0, second - first ** 2)) };
}

/** Calls with the draws of each stretch of bins, and the middle of the stretch. */
function eachStretch(
  histogram: HistogramData,
  stretches: Float64Array,
  call: (draws: number, ln: number) => void,
): void {
  const [from] = touched(histogram);
  const first = histogram.first_bin + from;
  stretches.forEach((draws, k) => {
    const last = Math.min(first + (k + 1) * STRETCH, binOf(histogram.ln_max) + 1);
    call(draws, (first + k * STRETCH + last) / 2 / BINS_PER_E);
  });
}
