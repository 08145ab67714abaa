import { ln } from '../../distributions/elementary.js';
import type { Distribution } from '../../distributions/index.js';
import { sortedAtoms } from './atoms.js';
import { type Continuous, componentsOf } from './components.js';
import type { Curve, LnLaw } from './ln-law.js';

/**
 * Draws beyond this probability at either end of a continuous factor are put at the end: that moves no rank by more,
 * and P0.1 by 1e-9 relative at most where its density is that of a smooth factor.
 */
const TAIL = 1e-12;

/** ln of the least and greatest doubles: what a kernel draws below the first is 0. */
const LEAST_LN = ln(Number.MIN_VALUE);
const GREATEST_LN = ln(Number.MAX_VALUE);

/**
 * The law of a factor raised to a power, as the kernels draw it: the logarithm of a quantile. Draws of 0 are 0, draws
 * below 0 have no logarithm and count as no finite number; for a negative power, draws of 0 too. As exact as the
 * family's distribution function.
 *
 * @param power 1 for a factor, -1 for a divisor, any but 0
 * @returns a promise, since families load their distribution functions late; it rejects where bounds leave nothing to
 *   draw
 */
export async function factorLaw(distribution: Distribution, power = 1): Promise<LnLaw> {
  const { atoms, continuous } = await componentsOf(distribution);
  const negative = sum([
    ...atoms.filter(({ value }) => value < 0).map(({ share }) => share),
    ...continuous.map(({ share, cumulative }) => share * cumulative(0)),
  ]);
  const zero = sum([
    ...atoms.filter(({ value }) => value === 0).map(({ share }) => share),
    ...continuous.map((one) => one.share * (floorOf(one) - one.cumulative(0))),
  ]);
  const positive = atoms.filter(({ value }) => value > 0);
  return {
    zero: power > 0 ? zero : 0,
    non_finite: power > 0 ? negative : negative + zero,
    atoms: sortedAtoms(
      Float64Array.from(positive, ({ value }) => power * ln(value)),
      Float64Array.from(positive, ({ share }) => share),
    ),
    curves: continuous.filter((one) => floorOf(one) < 1 - TAIL).map((one) => factorCurve(one, power)),
  };
}

function sum(shares: readonly number[]): number {
  return shares.reduce((total, share) => total + share, 0);
}

/** Probability of a draw that a double holds as 0, or less. */
function floorOf({ cumulative, lnCumulative }: Continuous): number {
  const none = cumulative(0);
  const least = lnCumulative(LEAST_LN);
  return least > none + TAIL ? least : none;
}

function factorCurve(one: Continuous, power: number): Curve {
  const { share, lnCumulative, breaks } = one;
  const floor = floorOf(one);
  const mass = share * (1 - floor);
  const lnOf = (end: number) => (end > 0 ? ln(end) : -Infinity);
  const least = Math.max(lnOf(breaks[0]), placeOf(one, floor + TAIL));
  const greatest = Math.min(lnOf(breaks[breaks.length - 1]), placeOf(one, 1 - TAIL));
  const [low, high] = power > 0 ? [power * least, power * greatest] : [power * greatest, power * least];
  const inside = breaks.map((place) => power * lnOf(place)).filter((place) => low < place && place < high);
  return {
    low,
    high,
    mass,
    missing: () => 0,
    breaks: [low, ...inside.sort((a, b) => a - b), high],
    below(lnValue) {
      if (lnValue <= low) return 0;
      if (lnValue >= high) return mass;
      const upTo = lnCumulative(lnValue / power);
      return share * (power > 0 ? Math.max(0, upTo - floor) : 1 - upTo);
    },
  };
}

/**
 * The least t, to a millionth, where a distribution function of ln x reaches a probability; sought from the middle
 * outwards.
 */
function placeOf({ lnCumulative, middle }: Continuous, probability: number): number {
  const start = middle > 0 ? ln(middle) : 0;
  const isAbove = (t: number) => lnCumulative(t) >= probability;
  let [low, high] = [start, start];
  for (let reach = 1; low > LEAST_LN && isAbove(low); reach *= 2) low = Math.max(LEAST_LN, start - reach);
  for (let reach = 1; high < GREATEST_LN && !isAbove(high); reach *= 2) high = Math.min(GREATEST_LN, start + reach);
  while (high - low > 1e-6) {
    const between = (low + high) / 2;
    if (isAbove(between)) high = between;
    else low = between;
  }
  return high;
}
