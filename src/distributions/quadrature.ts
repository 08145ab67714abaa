import { exp } from './elementary.js';

const STEP = 1 / 64;

/** Beyond this, 1 - u is less than the distance of doubles below 1. */
const REACH = 200;

/**
 * The integral of f over (0, 1), i.e. its expectation at a uniform number, by the tanh-sinh rule: H. Takahasi and M. Mori,
 * "Double exponential formulas for numerical integration", Publ. RIMS 9 (1974) 721-741, which bears infinite ends.
 *
 * For the quantile functions of truncated distributions the relative error is below 1e-9 where the values above the
 * quantile of 1 - 1e-16 contribute less than that (so not for the variance of a lognormal with sigma above 1 and no upper
 * bound); moments.test.ts holds it against closed forms.
 */
export function expectation(f: (u: number) => number): number {
  let sum = 0;
  for (let i = -REACH; i <= REACH; i++) {
    const { u, weight } = node(i * STEP);
    if (u < 1) sum += weight * f(u);
  }
  return sum * STEP;
}

/** u = (1 + tanh(π/2 · sinh t)) / 2 and its derivative. */
function node(t: number): { u: number; weight: number } {
  const grown = exp(t);
  const tail = exp((-Math.PI / 2) * (grown - 1 / grown));
  const u = 1 / (1 + tail);
  return { u, weight: (Math.PI / 2) * (grown + 1 / grown) * u * u * tail };
}
