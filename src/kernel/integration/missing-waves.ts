import { productOfSpectra, type Spectrum, shortestWaves } from './fourier.js';
import type { Lattice } from './lattice.js';
import { type LnLaw, rangeOf } from './ln-law.js';

/** One factor of a product, its masses and their spectrum. */
export interface LatticeFactor {
  readonly law: LnLaw;
  readonly lattice: Lattice;
  readonly spectrum: Spectrum;
}

/** Steps that masses of an edge reach beyond it. */
const SMEAR = 4;

/**
 * Share of the draws of a product that waves too short for a lattice may move across a ln value.
 *
 * Curves have no more of them than of the shortest that the lattice holds. Single values may have them all, as whole
 * numbers of tokens do, but an edge of the curves only meets those that lie in one step: an edge of height j moves j ·
 * step / 8 of them at most, and shows in the shortest waves with an amplitude of j · step / 2.4 or more. So a half of
 * the amplitude times the most draws that any step has which reaches the value covers it, with a margin of 1.7.
 */
export function missingWaves(factors: readonly LatticeFactor[]): (lnValue: number) => number {
  const smooth = factors.filter(({ law }) => law.atoms.shares.length === 0);
  const amplitude = smooth.length > 0 ? shortestWaves(productOfSpectra(smooth.map(({ spectrum }) => spectrum))) : 1;
  const stepped = factors.filter(({ law }) => law.atoms.shares.length > 0);
  if (stepped.length === 0) return () => amplitude / 2;
  const finest = stepped.reduce((a, b) => (greatestMass(a) <= greatestMass(b) ? a : b));
  const others = factors.filter((factor) => factor !== finest).map(({ law }) => rangeOf(law));
  const low = others.reduce((sum, [end]) => sum + end, 0);
  const high = others.reduce((sum, [, end]) => sum + end, 0);
  return (lnValue) => (amplitude / 2) * greatestMass(finest, lnValue - high, lnValue - low);
}

/** The most draws in one step between two ln values. */
function greatestMass({ lattice: { step, first, masses } }: LatticeFactor, from = -Infinity, to = Infinity): number {
  const start = Math.max(0, Math.floor(from / step) - first - SMEAR);
  const end = Math.min(masses.length, Math.ceil(to / step) - first + SMEAR + 1);
  let greatest = 0;
  for (let i = start; i < end; i++) greatest = Math.max(greatest, masses[i]);
  return greatest;
}
