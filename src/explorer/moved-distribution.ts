import { compileDistribution } from '../distributions/compile.js';
import { exp } from '../distributions/elementary.js';
import type { Distribution } from '../distributions/index.js';
import { supportOf } from '../distributions/support.js';

/** What is physically possible. */
export type Bounds = readonly [low: number, high: number];

/** A distribution that a slider moves. */
export interface Moved {
  readonly distribution: Distribution;
  /** Its own middle, as `middleOf` has it. */
  readonly own: number;
  readonly bounds: Bounds;
}

/** Families that are written by one form or another of plain numbers, which a slider can stretch. */
const STRETCHED = ['uniform', 'loguniform', 'normal', 'triangular', 'pert', 'gamma', 'weibull', 'exponential'];

/** Keys of a written form that are places, spreads, or neither. */
const PLACES = ['p5', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95', 'median', 'mean', 'mode', 'min', 'max'];
const SPREADS = ['sd', 'scale'];

/** As the scenario's lognormal has it, see distributions/p5-p95.ts. */
const Z95 = 1.645;

/** The median of a distribution; undefined where no slider can move it: a column of a file, a mixture, a beta. */
export async function middleOf(distribution: Distribution): Promise<number | undefined> {
  const { family } = distribution;
  const isMoved = ['constant', 'lognormal', 'cdf', 'empirical', ...STRETCHED].includes(family);
  return isMoved ? rounded((await compileDistribution(distribution)).quantile(0.5)) : undefined;
}

/**
 * What a scenario file says for the same spread around another middle, within what is physically possible: of a PUE what lies above 1
 * keeps its relative spread, of a share its odds do, and nothing is drawn beyond; at the bound itself there is one value.
 */
export function movedTo({ distribution, own, bounds }: Moved, value: number): unknown {
  if (distribution.family === 'constant') return value;
  const { min, max } = distribution;
  const outer = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  if (distribution.family !== 'lognormal') return stretched({ distribution, own, bounds }, value, outer);
  const { mu, sigma } = distribution.parameters;
  return movedEnds({ p5: rounded(exp(mu - Z95 * sigma)), p95: rounded(exp(mu + Z95 * sigma)) }, bounds, value, outer);
}

interface Ends {
  readonly p5: number;
  readonly p95: number;
}

function movedEnds(ends: Ends, [low, high]: Bounds, value: number, outer: object): unknown {
  if (low > 0 && ends.p5 > low) return between(aboveLow(ends, low, value), value, { ...outer, min: low });
  if (low === 0 && high === 1 && ends.p95 < 1) return between(belowOne(ends, value), value, { ...outer, max: 1 });
  const factor = value / middle(ends);
  return between({ p5: ends.p5 * factor, p95: ends.p95 * factor }, value, outer);
}

function aboveLow({ p5, p95 }: Ends, low: number, value: number): Ends {
  const factor = (value - low) / (middle({ p5, p95 }) - low);
  const lower = low + (p5 - low) * factor;
  return { p5: lower, p95: value ** 2 / lower };
}

function belowOne({ p5, p95 }: Ends, value: number): Ends {
  const odds = (share: number) => share / (1 - share);
  const moved = (odds(p95) * odds(value)) / odds(middle({ p5, p95 }));
  const upper = value < 1 ? moved / (1 + moved) : 1;
  return { p5: value ** 2 / upper, p95: upper };
}

/** A lognormal within bounds, or one value where its ends meet. */
function between({ p5, p95 }: Ends, value: number, outer: object): unknown {
  const ends = { p5: rounded(p5), p95: rounded(p95) };
  return ends.p5 < ends.p95 ? { lognormal: ends, ...outer } : value;
}

function middle({ p5, p95 }: Ends): number {
  return Math.sqrt(p5 * p95);
}

/** All places of a distribution as far from the bound below, in proportion; cut where it would reach over a bound. */
function stretched({ distribution, own, bounds }: Moved, value: number, outer: object): unknown {
  const [low, high] = bounds;
  const base = low > 0 && supportOf(distribution)[0] >= low ? low : 0;
  const factor = (value - base) / (own - base);
  const place = (x: number) => rounded(base + (x - base) * factor);
  if (!(factor > 0)) return value;
  const upper = place(supportOf(distribution)[1]);
  const cut = { ...outer, ...(high < upper && { max: high }) };
  return { ...written(distribution, place, factor), ...cut };
}

function written(distribution: Distribution, place: (x: number) => number, factor: number): object {
  const { family, parameters } = distribution;
  if (family === 'cdf') return { cdf: parameters.values.map((value, i) => [place(value), parameters.shares[i]]) };
  if (family === 'empirical')
    return { empirical: { values: parameters.values.map(place), weights: parameters.weights } };
  const numbers = 'written' in parameters && parameters.written ? parameters.written : parameters;
  const moved = Object.entries(numbers).map(([key, number]) => [key, movedNumber(key, number, place, factor)]);
  return { [family]: Object.fromEntries(moved) };
}

function movedNumber(key: string, number: number, place: (x: number) => number, factor: number): number {
  if (PLACES.includes(key)) return place(number);
  return SPREADS.includes(key) ? rounded(number * factor) : number;
}

/** Five digits: what a person would write. */
export function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
