import type { Distribution } from '../../distributions/index.js';
import { countUpTo } from './atoms.js';
import { componentsOf } from './components.js';

/** Probability of what may lie above the greatest count; it is put there. */
const TAIL = 1e-15;

/** A distribution of whole numbers, as the kernels draw token counts: each draw rounded, halves up. */
export interface WholeNumbers {
  /** Least and greatest count with a probability to speak of; a least below 0 stands for all below 0. */
  readonly least: number;
  readonly greatest: number;
  /** Probability of a count of at most `count`, a whole number. */
  upTo(count: number): number;
  /** The part of it that is spread over many counts, as its share of all draws; 0 where there is none. */
  readonly spread: number;
  /** Probability of a draw of that part of at most `count`. */
  spreadUpTo(count: number): number;
  /** Single counts apart from it, ascending, and their shares. */
  readonly single: { readonly counts: Float64Array; readonly shares: Float64Array };
}

/** Rejects as `compileDistribution` does where bounds leave nothing to draw. */
export async function wholeNumbers(distribution: Distribution): Promise<WholeNumbers> {
  const { atoms, continuous } = await componentsOf(distribution);
  const rounded = atoms
    .map(({ value, share }) => ({ count: Math.round(value), share }))
    .sort((a, b) => a.count - b.count);
  const counts = Float64Array.from(rounded, ({ count }) => count);
  const cumulated = [0];
  for (const { share } of rounded) cumulated.push(cumulated[cumulated.length - 1] + share);
  const spreadUpTo = (count: number) => {
    let share = 0;
    for (const one of continuous) share += one.share * one.cumulative(count + 0.5);
    return share;
  };
  const upTo = (count: number) => cumulated[countUpTo(counts, count)] + spreadUpTo(count);
  const least = leastWhere((count) => upTo(count) > 0);
  return {
    least,
    greatest: Math.max(
      least,
      leastWhere((count) => upTo(count) >= 1 - TAIL),
    ),
    upTo,
    spread: continuous.reduce((sum, { share }) => sum + share, 0),
    spreadUpTo,
    single: {
      counts: counts.map((count) => Math.max(-1, count)),
      shares: Float64Array.from(rounded, ({ share }) => share),
    },
  };
}

/** The least whole number from -1 on of which something holds that holds of all greater ones. */
function leastWhere(holds: (count: number) => boolean): number {
  if (holds(-1)) return -1;
  let [low, high] = [-1, 1];
  while (!holds(high) && high < Number.MAX_SAFE_INTEGER) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Probability that something is said of a count, exactly where that changes at most once among counts that differ by
 * less than 1/64: of a range of counts, such as those that a cap holds back, it does.
 */
export function probabilityWhere({ least, greatest, upTo }: WholeNumbers, said: (count: number) => boolean): number {
  let [probability, below] = [0, 0];
  for (const [from, to] of alikeRanges({ least, greatest })) {
    const change = lastAlike(from, to, said);
    const [middle, upper] = [upTo(change), to === greatest ? 1 : upTo(to)];
    if (said(from)) probability += (change === to ? upper : middle) - below;
    if (said(to) && change < to) probability += upper - middle;
    below = upper;
  }
  return probability;
}

/** Ranges of counts that differ by less than 1/64, from the least to the greatest. */
export function* alikeRanges({
  least,
  greatest,
}: Pick<WholeNumbers, 'least' | 'greatest'>): Generator<[number, number]> {
  for (let from = least; from <= greatest; ) {
    const to = Math.min(greatest, from + Math.max(0, Math.floor(from / 64)));
    yield [from, to];
    from = to + 1;
  }
}

/** The last count of a range for which the same is said as for its first. */
function lastAlike(from: number, to: number, said: (count: number) => boolean): number {
  if (said(from) === said(to)) return to;
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (said(middle) === said(from)) low = middle;
    else high = middle;
  }
  return low;
}
