import { BINS_PER_E } from './bins.js';

/** Bins that a histogram may span and know its draws' places within them: a factor of e^0.02, two percent. */
export const NARROW = 200;

/** Places that are told apart within a bin: 2^-20 of it, 1e-10 in ln x. */
const PLACES = 2 ** 20;

/** Numbers kept of each bin. */
const NUMBERS = 3;

/**
 * Of each bin three sums over its draws: of their places within it, as whole numbers from 0 to 2^20, and of the places' squares,
 * in units of 2^20 and what is left of them. Whole numbers below 2^53 up to 8e9 draws: they add up to the same bits in any order and grouping.
 */
export interface WithinBins {
  readonly first_bin: number;
  readonly sums: Float64Array;
}

/** Sums of no draws yet, with room for all bins less than `NARROW` from one of them. */
export function withinAbout(bin: number): WithinBins {
  return { first_bin: bin - NARROW, sums: new Float64Array(NUMBERS * (2 * NARROW + 1)) };
}

/** Adds a draw so many times. @param bin that counts it */
export function addPlace({ first_bin, sums }: WithinBins, lnValue: number, bin: number, times = 1): void {
  const place = Math.round((lnValue * BINS_PER_E - bin) * PLACES);
  const square = place * place;
  const left = square % PLACES;
  const at = NUMBERS * (bin - first_bin);
  sums[at] += times * place;
  sums[at + 1] += times * ((square - left) / PLACES);
  sums[at + 2] += times * left;
}

/** Adds the sums of some bins of another, which has room for no others or whose others are 0. */
export function addWithin(to: WithinBins, from: WithinBins): void {
  const shift = NUMBERS * (from.first_bin - to.first_bin);
  from.sums.forEach((sum, i) => {
    if (sum !== 0) to.sums[i + shift] += sum;
  });
}

/** A copy with room for more. @param bin one of those that are filled */
export function withinCopy(from: WithinBins, bin: number): WithinBins {
  const copy = withinAbout(bin);
  addWithin(copy, from);
  return copy;
}

/** The three sums of a bin. */
export function sumsOf({ first_bin, sums }: WithinBins, bin: number): readonly [number, number, number] {
  const at = NUMBERS * (bin - first_bin);
  return [sums[at], sums[at + 1], sums[at + 2]];
}

/** Sets the three sums of a bin. */
export function setSums({ first_bin, sums }: WithinBins, bin: number, ofBin: readonly number[]): void {
  sums.set(ofBin, NUMBERS * (bin - first_bin));
}

/** Mean and variance of ln x among the draws of a bin, from its lower edge; the variance of equal draws is exactly 0. */
export function lnMomentsWithin(within: WithinBins, bin: number, draws: number): { mean: number; variance: number } {
  const [places, high, low] = sumsOf(within, bin);
  const squares = BigInt(high) * BigInt(PLACES) + BigInt(low);
  const spread = BigInt(draws) * squares - BigInt(places) ** 2n;
  const unit = 1 / (PLACES * BINS_PER_E);
  return { mean: (places / draws) * unit, variance: Number(spread) * (unit / draws) ** 2 };
}
