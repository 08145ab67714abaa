import { filtered, TO_MEAN } from './central-filter.js';
import type { Lattice } from './lattice.js';
import type { Curve } from './ln-law.js';
import { nearestRising } from './nearest-rising.js';

/** Where the masses of a lattice lie, and how they were moved. */
interface Place {
  /** What to add to the lattice's ln values. */
  readonly shift: number;
  /** Ends of the law that the lattice stands for, shifted. */
  readonly low: number;
  readonly high: number;
  /** Share of draws on it. */
  readonly mass: number;
  /** As the curve's. */
  readonly missing: Curve['missing'];
}

/**
 * The distribution function of a lattice's law. Between its points it is known: the sum of the masses, filtered to
 * those of whole steps, relative error (ω step)^8 / 16 000. From there a cubic through values and slopes, at most
 * step^4 / 384 times the third derivative of the density off; slopes are held to where the cubic rises all along
 * (Hyman, "Accurate monotonicity preserving cubic interpolation", SIAM J. Sci. Stat. Comput. 4 (1983) 645-654), and
 * sums to where they do.
 */
export function curveOf({ step, first, masses }: Lattice, { shift, low, high, mass, missing }: Place): Curve {
  const sums = risingSums(filtered(masses, TO_MEAN), mass);
  const rises = risesOf(masses, sums);
  const start = (first + 0.5) * step + shift;
  return {
    low,
    high,
    mass,
    missing,
    breaks: [low, high],
    below(lnValue) {
      if (lnValue <= low) return 0;
      if (lnValue >= high) return mass;
      const place = (lnValue - start) / step;
      const i = Math.floor(place);
      if (i < 0) return 0;
      return i + 1 < sums.length ? cubicAt(place - i, sums[i], sums[i + 1], rises[i], rises[i + 1]) : mass;
    },
  };
}

/** Sums of the first 1, 2, … masses, made to rise from 0 to the mass. */
function risingSums(masses: Float64Array, mass: number): Float64Array {
  const sums = new Float64Array(masses.length);
  let [sum, rises] = [0, true];
  for (let i = 0; i < masses.length; i++) {
    sum += masses[i];
    sums[i] = sum;
    if (masses[i] < 0) rises = false;
  }
  const rising = rises ? sums : nearestRising(sums);
  for (let i = 0; i < rising.length; i++) rising[i] = Math.min(mass, Math.max(0, rising[i]));
  return rising;
}

/**
 * Rise over a step at the middles between points: the density there times the step, from the cubic through four points.
 */
function risesOf(masses: Float64Array, sums: Float64Array): Float64Array {
  const rises = new Float64Array(masses.length);
  for (let i = 1; i < masses.length - 2; i++) {
    const rise = (9 * (masses[i] + masses[i + 1]) - (masses[i - 1] + masses[i + 2])) / 16;
    const steepest = 3 * Math.min(sums[i] - sums[i - 1], sums[i + 1] - sums[i]);
    rises[i] = Math.max(0, Math.min(rise, steepest));
  }
  return rises;
}

/** Hermite's cubic, at t of the way from one value to the next, for the rises a step at both. */
function cubicAt(t: number, from: number, to: number, riseFrom: number, riseTo: number): number {
  const chord = to - from;
  const bend = riseFrom + riseTo - 2 * chord;
  return from + t * (riseFrom + t * (chord - riseFrom - bend + t * bend));
}
