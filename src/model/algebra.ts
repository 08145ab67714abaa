/**
 * The operations that formulas are written in. A plan turns them into nodes of its graph, a test into numbers: a formula is
 * stated once for both.
 */
export interface Algebra<T> {
  /** The product of factors over that of divisors; numbers among them are constants. */
  product(factors: readonly (T | number)[], divisors?: readonly T[]): T;
  /** The sum of terms. */
  total(terms: readonly T[]): T;
  /** The least of some. */
  minimum(of: readonly T[]): T;
  /** The number that a term is in every draw; a formula says of which it may ask. @throws RangeError of a term that varies */
  known(term: T): number;
}
