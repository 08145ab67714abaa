import { exp, ln, square } from '../../distributions/elementary.js';
import { studentCumulative, studentQuantile } from '../throughput/student-quantile.js';
import type { Deployment, ServedQueries } from './deployment.js';
import type { JudgedLaw } from './held-out-spread.js';
import { predictServing, stepTime } from './serving-law.js';

/** A positive quantity as it is known: its logarithm is a Student t about a median. */
export interface LnStudent {
  readonly median: number;
  /** Scale of the logarithm. */
  readonly ln_sd: number;
  /** Degrees of freedom, a whole number of at least 1. */
  readonly df: number;
}

/**
 * What lies beyond the measured concurrencies, in ln for each e-fold. A judgement, as no row lies there: from 8 queries in flight to 1, power
 * could fall from 0.65 of rated to anything above the 0.16 of a chip that holds a model and waits; evenly so in ln, a standard
 * deviation of 0.4 over two e-folds.
 */
const SD_PER_E_FOLD = 0.2;

/**
 * Mean energy of a query at the accelerators' boards, Wh, as it is known before anything was measured of the model's family: the law's
 * median, the spread of families that it had not seen, that of an accelerator without rows, what is not known of prefill by its share,
 * and what lies beyond the concurrencies of all rows. The spread is learnt from few families, so its tails are a Student t's.
 */
export function predictEnergy(
  judged: JudgedLaw,
  accelerator: string,
  deployment: Deployment,
  queries: ServedQueries,
): LnStudent {
  const unknown = judged.accelerators.includes(accelerator) ? 0 : judged.accelerator_sd;
  const beyond = SD_PER_E_FOLD * eFoldsBeyond(judged.concurrency, queries.concurrency);
  const prefill = judged.law.prefill_sd * stepTime(judged.law, deployment, queries).prefill;
  const parts = [judged.family_sd, unknown, prefill, beyond];
  return {
    median: predictServing(judged.law, deployment, queries).energy_wh,
    ln_sd: Math.sqrt(parts.reduce((sum, part) => sum + square(part), 0)),
    df: Math.max(1, judged.families - 1),
  };
}

/** The value that lies above the quantity with a probability. */
export function quantileOf({ median, ln_sd, df }: LnStudent, probability: number): number {
  return median * exp(ln_sd * studentQuantile(probability, df));
}

/** The probability that the quantity is below a value: the probability integral transform of a measurement. */
export function cumulativeOf({ median, ln_sd, df }: LnStudent, value: number): number {
  return studentCumulative(ln(value / median) / ln_sd, df);
}

/** The same with a factor that is known less than exactly, e.g. a PUE: medians multiply, variances add. */
export function times({ median, ln_sd, df }: LnStudent, factor: number, factor_ln_sd: number): LnStudent {
  return { median: median * factor, ln_sd: Math.sqrt(square(ln_sd) + square(factor_ln_sd)), df };
}

function eFoldsBeyond([least, most]: readonly [number, number], value: number): number {
  return Math.max(0, ln(least / value), ln(value / most));
}
