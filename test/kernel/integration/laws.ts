import { exp } from '../../../src/distributions/elementary.js';
import type { Distribution } from '../../../src/distributions/index.js';
import { parseDistribution } from '../../../src/distributions/parse.js';
import { type LnLaw, shareBelow } from '../../../src/kernel/integration/ln-law.js';

/** A distribution as a scenario writes it. */
export function distribution(written: unknown): Distribution {
  const problems: string[] = [];
  const parsed = parseDistribution(written, (_, message) => problems.push(message));
  if (!parsed) throw new Error(problems.join('\n'));
  return parsed;
}

/** The least t with F(t) at p or above, F rising, between -50 and 50. */
export function rootOf(below: (t: number) => number, probability: number): number {
  let [low, high] = [-50, 50];
  for (let i = 0; i < 70; i++) {
    const middle = (low + high) / 2;
    if (below(middle) >= probability) high = middle;
    else low = middle;
  }
  return high;
}

/** Greatest difference between a law's distribution function and an exact one, at as many places from low to high. */
export function greatestDifference(law: LnLaw, exact: (t: number) => number, low: number, high: number, places = 997) {
  const differences = Array.from({ length: places }, (_, i) => {
    const t = low + ((high - low) * i) / (places - 1);
    return Math.abs(shareBelow(law, t) - exact(t));
  });
  return Math.max(...differences);
}

/**
 * Mean of a function of ln x by a law's quantiles at equally many probabilities: a plain Riemann sum, for what is
 * smooth.
 */
export function meanOver(lnQuantile: (p: number) => number, of: (x: number) => number, points = 20_000): number {
  let sum = 0;
  for (let i = 0; i < points; i++) sum += of(exp(lnQuantile((i + 0.5) / points)));
  return sum / points;
}
