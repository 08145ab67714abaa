import type { Atoms } from './atoms.js';
import { filtered, REACH, TO_DERIVATIVE } from './central-filter.js';
import { meansOver } from './interval-means.js';
import { type Curve, type LnLaw, rangeOf } from './ln-law.js';

/**
 * Masses at the points (first + i) · step of ln x: what is convolved. They stand for the density at the points, times
 * the step; some may be below 0 where the density has an edge.
 */
export interface Lattice {
  readonly step: number;
  readonly first: number;
  readonly masses: Float64Array;
}

/** Points beyond the lowest and highest logarithm that sharing and filtering reach, and one more. */
const MARGIN = REACH + 3;

/** Points that a lattice of this step needs for a law, at most. */
export function pointsOf(law: LnLaw, step: number): number {
  const [low, high] = rangeOf(law);
  return Math.floor(high / step) - Math.floor(low / step) + 1 + 2 * MARGIN;
}

/**
 * The finite part of a law as masses on a lattice, so shared between points that sums over the lattice are those over
 * the law, of every polynomial of degree 3 exactly, and of a wave of angular frequency ω with a relative error of
 *
 * - (ω step)^8 / 3150 on curves: a point's mass is the second difference of the integrated distribution function, i.e.
 *   each draw is shared linearly between its neighbours, then filtered to the second derivative. Tails, truncations and
 *   steep ends are as exact as the distribution function and its integral (`meansOver`).
 * - 3/128 · (ω step)^4 for atoms: Lagrange's cubic through the four points around one.
 *
 * So a law that is convolved with a normal of standard deviation s in ln x has a distribution function that is right to
 * 3/128 · c · (step / s)^4, where c = sup |φ'''| = 0.55 (φ the standard normal density): 1e-5 at s = 6 steps, 1e-6 at
 * 11. Where nothing smooths, at an edge of height j in the density of the convolution, it is off by at most j · step /
 * 8 within a few steps of that edge. `refined` finds which it is. Checked in test/kernel/integration/lattice.test.ts.
 */
export function latticeOf(law: LnLaw, step: number): Lattice {
  const first = Math.floor(rangeOf(law)[0] / step) - MARGIN;
  const linear = new Float64Array(pointsOf(law, step));
  for (const curve of law.curves) shareCurve(curve, step, first, linear);
  const masses = law.curves.length > 0 ? filtered(linear, TO_DERIVATIVE) : linear;
  shareAtoms(law.atoms, step, first, masses);
  return { step, first, masses };
}

/**
 * Adds a curve's draws, each linearly to the two points around it: sums of these masses are means over a step of its
 * `below`.
 */
function shareCurve(curve: Curve, step: number, first: number, masses: Float64Array): void {
  const from = Math.floor(curve.low / step) - first;
  const means = meansOver(curve, step, first + from);
  let before = 0;
  for (let i = 0; i < means.length; i++) {
    masses[from + i] += means[i] - before;
    before = means[i];
  }
  masses[from + means.length] += curve.mass - before;
}

function shareAtoms({ lnValues, shares }: Atoms, step: number, first: number, masses: Float64Array): void {
  for (let i = 0; i < lnValues.length; i++) {
    const place = lnValues[i] / step - first;
    const point = Math.floor(place);
    const t = place - point;
    const [below, above, beyond] = [t + 1, 1 - t, 2 - t];
    masses[point - 1] -= (shares[i] * t * above * beyond) / 6;
    masses[point] += (shares[i] * below * above * beyond) / 2;
    masses[point + 1] += (shares[i] * below * t * beyond) / 2;
    masses[point + 2] -= (shares[i] * below * t * above) / 6;
  }
}
