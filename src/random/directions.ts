import { JOE_KUO } from './joe-kuo.js';

/** Digits of a point, in base 2. */
export const DIGITS = 32;

/**
 * The 32 direction numbers of one dimension, counted from 0, as 32-bit binary fractions: the point of index i is the
 * exclusive or of those at the set bits of i (Bratley and Fox, ACM TOMS 14, 1988, with Joe and Kuo's recurrence).
 *
 * @throws RangeError beyond the table
 */
export function sobolDirections(dimension: number): Uint32Array {
  if (dimension === 0) return Uint32Array.from({ length: DIGITS }, (_, i) => 2 ** (DIGITS - 1 - i));
  const table = rows();
  const row = table[dimension - 1];
  if (row === undefined) throw new RangeError(`Sobol dimension ${dimension}; the table has ${table.length + 1}`);
  const [degree, coefficients, ...initial] = row;
  const directions = new Uint32Array(DIGITS);
  for (let i = 0; i < DIGITS; i++) {
    directions[i] = i < degree ? initial[i] * 2 ** (DIGITS - 1 - i) : following(directions, i, degree, coefficients);
  }
  return directions;
}

function following(directions: Uint32Array, i: number, degree: number, coefficients: number): number {
  let next = directions[i - degree] ^ (directions[i - degree] >>> degree);
  for (let k = 1; k < degree; k++) {
    if ((coefficients >>> (degree - 1 - k)) & 1) next ^= directions[i - k];
  }
  return next;
}

function rows(): number[][] {
  return JOE_KUO.trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number));
}
