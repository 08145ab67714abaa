import { exp } from '../distributions/elementary.js';

/** The first draws of a node: their logarithms and their values. */
export interface PilotColumn {
  readonly ln: Float64Array;
  readonly value: Float64Array;
}

/** A pool of models as a pilot sees it. */
export interface PilotPool {
  /** Of each member its draws, and the logarithms between which a trim keeps them; all where there is none. */
  readonly members: readonly { readonly draws: PilotColumn; readonly low: number; readonly high: number }[];
  readonly divisor: PilotColumn;
  /** Share of each member's draws that is kept. */
  readonly kept: number;
}

/** For each draw the mean ratio of a pool's members, and the variance of the ratios that the pool keeps. */
interface Ratios {
  readonly averaged: Float64Array;
  readonly spread: number;
}

/**
 * What the first draws of a run of pseudo-random numbers tell of how its models go together: they share their draws, so a pool of
 * them is more certain than one model, and less than as many independent ones. A statistic of the pool errs as the mean over draws
 * of its influence function does, averaged over the pool's members for each draw (Hampel, "The influence curve and its role in robust
 * estimation", 1974); of a trimmed member the draws beyond its cuts count as lying there (Tukey and McLaughlin, Sankhya 1963).
 */
export class Pilot {
  readonly #pools: ReadonlyMap<number, PilotPool>;
  readonly #samples: number;
  readonly #ratios = new Map<PilotPool, Ratios>();

  /** @param pools by the position of what is counted @param samples of the whole run */
  constructor(pools: ReadonlyMap<number, PilotPool>, samples: number) {
    this.#pools = pools;
    this.#samples = samples;
  }

  /** Whether something is a pool that it knows of. */
  has(output: number): boolean {
    return this.#pools.has(output);
  }

  /** Some of the pools, by the positions that they have there. */
  part(places: readonly number[]): Pilot {
    const own = places.flatMap((place, i) => {
      const pool = this.#pools.get(place);
      return pool ? [[i, pool] as const] : [];
    });
    return new Pilot(new Map(own), this.#samples);
  }

  /** Independent draws that would tell the rank of a value, the quantile for a probability, as well as the pool's do. */
  effectiveDraws(output: number, lnValue: number, probability: number): number {
    const pool = this.#poolOf(output);
    const variance = varianceOf(averagedRanks(pool, lnValue));
    const independent = probability * (1 - probability);
    const most = MOST_WORTH * pool.members.length;
    return variance > 0 ? Math.min(most, independent / variance) * this.#samples : this.#samples;
  }

  /** Independent draws that would tell the pool's mean as well, of the spread that the draws that it keeps have. */
  meanDraws(output: number): number {
    const pool = this.#poolOf(output);
    const { averaged, spread } = this.#ratiosOf(pool);
    const variance = varianceOf(averaged);
    return variance > 0 ? Math.min(pool.members.length, spread / variance) * this.#samples : this.#samples;
  }

  /** Standard deviation of a weighted sum of untrimmed pools' means, over that if their members' errors all added up. */
  sumShare(terms: readonly { readonly output: number; readonly weight: number }[]): number {
    const pools = terms.map(({ output, weight }) => ({ weight, pool: this.#poolOf(output) }));
    const each = pools.map(({ pool, weight }) => ({ weight, ...this.#ratiosOf(pool) }));
    const together = each[0].averaged.map((_, i) =>
      each.reduce((sum, { weight, averaged }) => sum + weight * averaged[i], 0),
    );
    const apart = each.reduce((sum, { weight, spread }) => sum + weight * Math.sqrt(spread), 0);
    return apart > 0 ? Math.min(1, Math.sqrt(varianceOf(together)) / apart) : 1;
  }

  /** Looked at for a pool's mean, and again for each sum that it is in. */
  #ratiosOf(pool: PilotPool): Ratios {
    const known = this.#ratios.get(pool) ?? { averaged: averagedRatios(pool), spread: keptVariance(pool) };
    this.#ratios.set(pool, known);
    return known;
  }

  #poolOf(output: number): PilotPool {
    const pool = this.#pools.get(output);
    if (pool === undefined) throw new RangeError('a pilot was asked of what is no pool');
    return pool;
  }
}

/**
 * Members that lie apart are strata: each has its share of the pool for sure, so that its ranks are known better than by as many
 * independent draws as it has members. A pilot of a block does not tell how much better beyond this.
 */
const MOST_WORTH = 4;

// Loops without calls: a result has dozens of pools, and small runs are over in a few milliseconds.

/** For each draw the mean ratio of the members, draws beyond the cuts as what lies there comes to. */
function averagedRatios({ members, divisor, kept }: PilotPool): Float64Array {
  const inverse = divisor.value.map((value) => 1 / value);
  const meanInverse = inverse.reduce((sum, one) => sum + one, 0) / inverse.length;
  const sums = new Float64Array(inverse.length);
  const share = 1 / (members.length * kept);
  for (const { draws, low, high } of members) {
    const [atLow, atHigh] = [share * exp(low) * meanInverse, share * exp(high) * meanInverse];
    for (let i = 0; i < sums.length; i++) {
      const lnEnergy = draws.ln[i];
      sums[i] += lnEnergy < low ? atLow : lnEnergy > high ? atHigh : share * draws.value[i] * inverse[i];
    }
  }
  return sums;
}

/** For each draw the mean over the members of 1 where their ratio is at most a value, 0 where it is not; beyond the cuts as there. */
function averagedRanks({ members, divisor, kept }: PilotPool, lnValue: number): Float64Array {
  const least = divisor.ln.map((ln) => ln + lnValue);
  const sums = new Float64Array(least.length);
  const share = 1 / (members.length * kept);
  for (const { draws, low, high } of members) {
    const [atLow, atHigh] = [share * shareFrom(low, least), share * shareFrom(high, least)];
    for (let i = 0; i < sums.length; i++) {
      const lnEnergy = draws.ln[i];
      sums[i] += lnEnergy < low ? atLow : lnEnergy > high ? atHigh : lnEnergy <= least[i] ? share : 0;
    }
  }
  return sums;
}

/** Share of some numbers that are no less than another. */
function shareFrom(from: number, numbers: Float64Array): number {
  let count = 0;
  for (let i = 0; i < numbers.length; i++) if (numbers[i] >= from) count++;
  return count / numbers.length;
}

/** Variance of the ratios that the pool keeps, those that are finite. */
function keptVariance({ members, divisor }: PilotPool): number {
  const spread = new Spread();
  for (const { draws, low, high } of members) {
    for (let i = 0; i < draws.ln.length; i++) {
      if (draws.ln[i] >= low && draws.ln[i] <= high) spread.add(draws.value[i] / divisor.value[i]);
    }
  }
  return spread.variance;
}

function varianceOf(values: Float64Array): number {
  const spread = new Spread();
  for (let i = 0; i < values.length; i++) spread.add(values[i]);
  return spread.variance;
}

/** Running variance of what is finite (Welford, Technometrics 4, 1962). */
class Spread {
  #n = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    if (!Number.isFinite(value)) return;
    const step = value - this.#mean;
    this.#mean += step / ++this.#n;
    this.#squares += step * (value - this.#mean);
  }

  get variance(): number {
    return this.#squares / this.#n;
  }
}
