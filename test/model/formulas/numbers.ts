import type { Algebra } from '../../../src/model/algebra.js';

/** Numbers in place of nodes. */
export const NUMBERS: Algebra<number> = {
  product: (factors, divisors = []) =>
    divisors.reduce(
      (quotient, one) => quotient / one,
      factors.reduce((product, one) => product * one, 1),
    ),
  total: (terms) => terms.reduce((sum, one) => sum + one, 0),
  minimum: (of) => Math.min(...of),
  known: (term) => term,
};
