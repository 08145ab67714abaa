import { exp } from '../../distributions/elementary.js';
import { meansOver } from './interval-means.js';
import { type Curve, finiteShare, type LnLaw } from './ln-law.js';

/**
 * Mean of a power of a quantity by its law, where no product of factors' means gives it: of trimmed draws and what
 * comes of them. Atoms are summed up, curves integrated by parts and Simpson's rule, relative error (step / s)^4 / 2880
 * for details of size s in ln x; the edges of a trim or a factor are met, those that a product left on its lattice to
 * step^2 / 4.
 *
 * @param power above 0, or below it where no draw is 0
 * @returns the mean over the draws that are a finite number; NaN without any
 */
export function lawPowerMean(law: LnLaw, power: number, step: number): number {
  const { lnValues, shares } = law.atoms;
  let sum = 0;
  for (let i = 0; i < shares.length; i++) sum += shares[i] * exp(power * lnValues[i]);
  for (const curve of law.curves) sum += curvePowerSum(curve, power, step);
  const defined = law.zero + finiteShare(law);
  return defined > 0 ? sum / defined : NaN;
}

/** Standard deviation by a law, as `lawPowerMean` has its moments. */
export function lawDeviation(law: LnLaw, step: number): number {
  const mean = lawPowerMean(law, 1, step);
  return Math.sqrt(Math.max(0, lawPowerMean(law, 2, step) - mean * mean));
}

/**
 * The integral of e^(power · t) over a curve, by parts so that what is integrated stays small where the curve has no
 * draws left.
 */
function curvePowerSum(curve: Curve, power: number, step: number): number {
  const { low, high, mass, below } = curve;
  const first = Math.floor(low / step);
  const end = Math.floor(high / step) + 1;
  const weighed = (t: number) => exp(power * t) * (power > 0 ? mass - below(t) : below(t));
  const means = meansOver({ ...curve, below: weighed }, step, first);
  const integral = step * means.reduce((sum, mean) => sum + mean, 0);
  return power > 0
    ? mass * exp(power * first * step) + power * integral
    : mass * exp(power * end * step) - power * integral;
}
