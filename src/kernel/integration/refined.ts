import { type LnLaw, rangeOf, shareBelow } from './ln-law.js';
import { lnQuantile } from './quantile.js';

/** Steps in ln x that are tried: halved from the first on until two in a row agree, or the last is reached. */
export const COARSEST_STEP = 2 ** -3;
export const FINEST_STEP = 2 ** -14;

/** No law is put on more points: those of a law that spans 64 in ln x at the finest step. */
const MOST_POINTS = 2 ** 20;

/** How far from a quantile laws are compared, in steps of the finest, and at how many places on either side. */
const COMPARED_WITHIN = 16;
const COMPARED_AT = 16;

/**
 * Shares of draws that rounding and tails put to an end come to: of 20 factors with tails of 1e-12, and more than all
 * else.
 */
const ROUNDING = 1e-9;

/** A quantile, and between what bounds the true one lies by the estimate of `refined`; in ln x. */
export interface RefinedQuantile {
  readonly probability: number;
  readonly lnValue: number;
  readonly low: number;
  readonly high: number;
}

/** A law on the step that was fine enough, or the finest. */
export interface Refined {
  readonly law: LnLaw;
  readonly step: number;
  readonly quantiles: readonly RefinedQuantile[];
}

/**
 * Computes a law on finer and finer lattices until its quantiles are known as well as asked.
 *
 * Estimate of the error: near a quantile, within 16 steps s, the laws on s and 2s differ by at most d / 2 in
 * probability, those on 2s and 4s by at most 8d; then the quantile for p lies between those for p - d and p + d. Errors
 * fall by a factor of 16 from one step to the next where the law is smooth and by 2 to 4 at its edges, so d is from 30
 * times to 2 times the error on s; it is a maximum over places and two pairs of steps, so that an error which happens to
 * vanish at one does not hide.
 *
 * No step tells of waves that are too short for all of them, as whole numbers of tokens make where nothing else
 * smooths: what they may come to, by the amplitude of the shortest waves in the smooth factors' spectrum and the draws
 * at single values in one step, is added to d. Checked against exact laws, smooth and sharp-edged, in
 * test/kernel/integration/refined.test.ts.
 *
 * @param compute the law on lattices of a step
 * @param toleranceOf half-width of the interval asked for, in ln x, i.e. relative
 */
export function refined(
  compute: (step: number) => LnLaw,
  probabilities: readonly number[],
  toleranceOf: (probability: number) => number = standardTolerance,
): Refined {
  let [coarsest, coarse] = [compute(COARSEST_STEP), compute(COARSEST_STEP / 2)];
  for (let step = COARSEST_STEP / 4; ; step /= 2) {
    const law = compute(step);
    const quantiles = probabilities.map((probability) => bounded([law, coarse, coarsest], probability, step));
    const known = quantiles.every(({ probability, low, high }) => !(high - low > 2 * toleranceOf(probability)));
    if (known || isFinest(law, step)) return { law, step, quantiles };
    [coarsest, coarse] = [coarse, law];
  }
}

function isFinest(law: LnLaw, step: number): boolean {
  const [low, high] = rangeOf(law);
  return step <= FINEST_STEP || high - low > (MOST_POINTS * step) / 2;
}

/** 1e-4 from P5 to P95, and 1e-3 beyond, where draws are few and models say little. */
export function standardTolerance(probability: number): number {
  return Math.min(probability, 1 - probability) < 0.05 ? 1e-3 : 1e-4;
}

/** A law on three steps, the finest first. */
type Ladder = readonly [law: LnLaw, coarse: LnLaw, coarsest: LnLaw];

function bounded(ladder: Ladder, probability: number, step: number): RefinedQuantile {
  const [law] = ladder;
  const lnValue = lnQuantile(law, probability);
  const difference = Number.isFinite(lnValue) ? greatestDifference(ladder, lnValue, step) : 0;
  const at = (p: number) => lnQuantile(law, Math.min(1, Math.max(0, p)));
  return { probability, lnValue, low: at(probability - difference), high: at(probability + difference) };
}

function greatestDifference([law, coarse, coarsest]: Ladder, lnValue: number, step: number): number {
  let greatest = 0;
  for (let i = -COMPARED_AT; i <= COMPARED_AT; i++) {
    const place = lnValue + (i / COMPARED_AT) * COMPARED_WITHIN * step;
    const share = shareBelow(coarse, place);
    const last = Math.abs(shareBelow(law, place) - share);
    const before = Math.abs(share - shareBelow(coarsest, place));
    greatest = Math.max(greatest, 2 * last, before / 8);
  }
  const missing = law.curves.reduce((sum, curve) => sum + curve.missing(lnValue), 0);
  return greatest > 0 ? greatest + missing + ROUNDING : 0;
}
