/**
 * Owen's nested uniform scrambling of a 32-digit point by hashing: each digit is flipped depending on the digits before it
 * and on a seed. Takes and gives the digits in reverse, the first one lowest, where arithmetic carries the right way.
 *
 * Sources: Laine and Karras, "Stratified sampling for stochastic transparency", EGSR 2011; Burley, "Practical hash-based Owen
 * scrambling", JCGT 9 (2020); constants of Vegdahl, "Building a better LK hash" (2021).
 */
export function owenScrambled(reversed: number, seed: number): number {
  let x = reversed ^ Math.imul(reversed, 0x3d20adea);
  x = (x + seed) | 0;
  x = Math.imul(x, (seed >>> 16) | 1);
  x ^= Math.imul(x, 0x05526c56);
  return x ^ Math.imul(x, 0x53a22864);
}

/** The 32 bits of a word in reverse order, as a non-negative number. */
export function reversedBits(word: number): number {
  let x = ((word >>> 1) & 0x55555555) | ((word & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return ((x >>> 16) | (x << 16)) >>> 0;
}
