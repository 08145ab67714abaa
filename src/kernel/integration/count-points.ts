import { clamp } from '../../distributions/bounds.js';
import { exp } from '../../distributions/elementary.js';
import { sortedAtoms } from './atoms.js';
import type { LnLaw } from './ln-law.js';
import type { WholeNumbers } from './whole-numbers.js';

/**
 * Points that stand for a distribution of whole numbers: counts, between which there may be some that stand for many.
 */
export interface CountPoints {
  /** Ascending; -1 stands for all below 0. */
  readonly counts: Float64Array;
  /** Probabilities, of sum 1. */
  readonly shares: Float64Array;
}

/**
 * Single counts as they are; of what is spread the counts one by one as long as neighbours differ by `width` of
 * themselves or more, from there on each run of counts that differ by no more as two points that keep its sum and mean for a density that goes straight over it, and its
 * variance for an even one (Gauss's rule): integrals of functions of ln count are right to width^4 / 4320 of their
 * fourth derivative, and to width^2 / 8 of a kink, as of a cap, times the draws in its run. For laws on a lattice, half
 * its step is fine enough; 1/256 for means. At a width of 0 all counts are told apart.
 */
export function countPoints(whole: WholeNumbers, width: number): CountPoints {
  const { single, spread } = whole;
  if (spread === 0) return single;
  const runs = runPoints(whole, width);
  if (single.counts.length === 0) return runs;
  const counts = Float64Array.of(...single.counts, ...runs.counts);
  const shares = Float64Array.of(...single.shares, ...runs.shares);
  const order = Uint32Array.from(counts.keys()).sort((i, j) => counts[i] - counts[j]);
  return { counts: Float64Array.from(order, (i) => counts[i]), shares: Float64Array.from(order, (i) => shares[i]) };
}

/** Of what is spread over many counts. */
function runPoints({ least, greatest, spread, spreadUpTo: upTo }: WholeNumbers, width: number): CountPoints {
  const counts: number[] = [];
  const shares: number[] = [];
  let below = 0;
  for (let from = least; from <= greatest; ) {
    const run = Math.min(2 * Math.floor((from * width) / 2), greatest - from + 1);
    const size = run >= 4 ? run - (run % 2) : 1;
    const upper = from + size === greatest + 1 ? spread : upTo(from + size - 1);
    if (size === 1) add(from, upper - below);
    else addRun(from, size, upTo(from + size / 2 - 1) - below, upper - below);
    below = upper;
    from += size;
  }
  return { counts: Float64Array.from(counts), shares: Float64Array.from(shares) };

  function add(count: number, share: number): void {
    counts.push(count);
    shares.push(Math.max(0, share));
  }

  function addRun(from: number, size: number, lower: number, share: number): void {
    const middle = from + (size - 1) / 2;
    const deviation = Math.sqrt((size * size - 1) / 12);
    // No more than all draws of a run lie at either point, as where its density has an edge.
    const tilt = clamp((4 * deviation * (share - 2 * lower)) / size, -share, share);
    add(middle - deviation, (share - tilt) / 2);
    add(middle + deviation, (share + tilt) / 2);
  }
}

/**
 * The law of a function of a count. @param lnOf ln of the function; -Infinity for 0, NaN or Infinity for no finite
 * number
 */
export function countLaw({ counts, shares }: CountPoints, lnOf: (count: number) => number): LnLaw {
  return lawAt(counts.map(lnOf), shares);
}

/** The law of single values in any order, by their logarithms as for `countLaw`, and their shares of draws. */
export function lawAt(lnAll: Float64Array, shares: Float64Array): LnLaw {
  const lnValues = new Float64Array(lnAll.length);
  const finite = new Float64Array(lnAll.length);
  let [kept, zero, non_finite] = [0, 0, 0];
  for (let i = 0; i < lnAll.length; i++) {
    const lnValue = lnAll[i];
    if (lnValue === -Infinity) zero += shares[i];
    else if (!Number.isFinite(lnValue)) non_finite += shares[i];
    else {
      lnValues[kept] = lnValue;
      finite[kept++] = shares[i];
    }
  }
  return { zero, non_finite, atoms: sortedAtoms(lnValues.slice(0, kept), finite.slice(0, kept)), curves: [] };
}

/**
 * Mean of a power of a function of a count, over the counts at which it is a finite number. @param lnOf as for
 * `countLaw`
 */
export function countPowerMean(
  { counts, shares }: CountPoints,
  lnOf: (count: number) => number,
  power: number,
): number {
  return powerMeanAt(counts.map(lnOf), shares, power);
}

/** The same of single values, as `lawAt` has them. */
export function powerMeanAt(lnValues: Float64Array, shares: Float64Array, power: number): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < shares.length; i++) {
    const value = exp(power * lnValues[i]);
    if (!Number.isFinite(value)) continue;
    sum += shares[i] * value;
    total += shares[i];
  }
  return sum / total;
}
