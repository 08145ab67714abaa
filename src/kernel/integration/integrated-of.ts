import { exp, ln } from '../../distributions/elementary.js';
import type { Integrated, QuantileFound } from '../../sketch/integrated.js';
import { Z_95 } from '../../sketch/statistics.js';
import type { Distributed, Sampling } from './distributed.js';
import { lawBins, lawHistogram } from './law-bins.js';
import { type LnLaw, shareBelow } from './ln-law.js';
import { lnQuantile } from './quantile.js';
import { COARSEST_STEP, type RefinedQuantile, refined } from './refined.js';
import { lawOfTruth } from './truth.js';

/** Step in ln x of the laws that bins are read from where no other was needed. */
const BINS_STEP = 2 ** -9;

const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95];

interface Moments {
  readonly mean: number;
  readonly std: number;
  readonly meanError: number;
}

/** Gives ln of a quantile for its probability, if anything does. */
type Exactly = ((probability: number) => number) | undefined;

/** All that tables say of a distribution. */
export async function integratedOf(distributed: Distributed): Promise<Integrated> {
  const exactly = distributed.exactly?.();
  return withMoments(distributed, exactly, await momentsOf(distributed, exactly));
}

async function momentsOf({ mean: meanOf, sampling }: Distributed, exactly: Exactly): Promise<Moments> {
  const [mean, square] = [await meanOf(1), await meanOf(2)];
  const isConstant = exactly !== undefined && exactly(0) === exactly(1);
  const meanDeviation = (await sampling?.meanDeviation()) ?? 0;
  return {
    mean,
    std: isConstant ? 0 : Math.sqrt(Math.max(0, square - mean * mean)),
    meanError: Z_95 * meanDeviation,
  };
}

function withMoments(distributed: Distributed, exactly: Exactly, { mean, std, meanError }: Moments): Integrated {
  const { law, quantiles } = exactly ? exactQuantiles(exactly, distributed) : found(distributed);
  const [p05, p25, p50, p75, p95] = quantiles(PROBABILITIES);
  const values = { p05: p05.value, p25: p25.value, p50: p50.value, p75: p75.value, p95: p95.value };
  const n = distributed.sampling?.draws ?? 0;
  const { zero, non_finite } = distributed.law(COARSEST_STEP);
  return {
    statistics: {
      ...{ n, mean, std, ...values, p50_ci_low: p50.low, p50_ci_high: p50.high },
      ...{ mean_low: mean - meanError, mean_high: mean + meanError },
    },
    zeros: zero,
    non_finite,
    meanError,
    shareBelow: (value) => shareUpTo(law(), value, -ASIDE),
    shareAbove: (value) => 1 - shareUpTo(law(), value, ASIDE),
    quantile: (probability) => quantiles([probability])[0],
    bins: (width) => lawBins(law(), width),
    histogram: () => lawHistogram(law()),
    share: (of) => integratedShare(of === 'zeros' ? zero : non_finite),
  };
}

/** Distance in ln x within which a single value lies at a bound, not to one side of it. */
const ASIDE = 1e-12;

/** Of the draws that are a finite number. */
function shareUpTo(law: LnLaw, value: number, aside: number): number {
  return shareBelow(law, ln(value) + aside) / (1 - law.non_finite);
}

/** The distribution of what is 1 in a share of all draws and else 0. */
function integratedShare(share: number): Integrated {
  const law = lawOfTruth(share);
  const distributed = { law: () => law, mean: async () => share };
  return withMoments(distributed, undefined, { mean: share, std: Math.sqrt(share * (1 - share)), meanError: 0 });
}

/** Quantiles for probabilities, and the law that bins are read from. */
interface Found {
  readonly quantiles: (probabilities: readonly number[]) => QuantileFound[];
  readonly law: () => LnLaw;
}

function exactQuantiles(exactly: (probability: number) => number, { law }: Distributed): Found {
  const quantiles = (probabilities: readonly number[]) =>
    probabilities.map((probability) => {
      const value = exp(exactly(probability));
      return { value, low: value, high: value };
    });
  return { quantiles, law: () => law(BINS_STEP) };
}

function found({ law: lawOn, sampling }: Distributed): Found {
  const { law, quantiles: first } = refined(lawOn, PROBABILITIES);
  const known = new Map(first.map((one) => [one.probability, one]));
  const quantileAt = (probability: number) => known.get(probability) ?? refined(lawOn, [probability]).quantiles[0];
  const inUnit = (one: RefinedQuantile) => ({ value: exp(one.lnValue), low: exp(one.low), high: exp(one.high) });
  const quantiles = (probabilities: readonly number[]) =>
    probabilities.map((probability) => {
      const numeric = quantileAt(probability);
      return inUnit(sampling ? widened(numeric, law, sampling) : numeric);
    });
  return { quantiles, law: () => law };
}

/** The interval with the 95 % interval of the quantile's rank beside numerical error. */
function widened(numeric: RefinedQuantile, law: LnLaw, { rankDeviation }: Sampling): RefinedQuantile {
  const { probability, lnValue, low, high } = numeric;
  if (!Number.isFinite(lnValue)) return numeric;
  const error = Z_95 * rankDeviation(lnValue);
  const at = (p: number) => lnQuantile(law, Math.min(1, Math.max(0, p)));
  const [below, above] = [lnValue - at(probability - error), at(probability + error) - lnValue];
  return { probability, lnValue, low: low - Math.max(0, below), high: high + Math.max(0, above) };
}
