import { type Atoms, NO_ATOMS, sortedAtoms } from './atoms.js';
import { productOfSpectra } from './fourier.js';
import type { Lattice } from './lattice.js';
import { curveOf } from './lattice-curve.js';
import { finiteShare, type LnLaw, rangeOf } from './ln-law.js';
import { missingWaves } from './missing-waves.js';
import { lawOfValue, pooled, shifted } from './reshape.js';
import type { Spectra } from './spectra.js';

/** Products of single values that are told one by one: with more, they lie as dense as a lattice. */
const MOST_ATOMS = 2 ** 16;

/** As many, in all, are met one by one where other factors are spread: each costs one reading of their law. */
const FEW_ATOMS = 32;

/**
 * The law of a product of independent quantities: logarithms add up, so their distributions are convolved.
 *
 * Exact where at most one factor is spread and the others vary among few single values; constants are exact everywhere,
 * as shifts. Else by `Transforms` on a lattice: errors as `latticeOf`, `curveOf` and `Transforms` state. A draw is no
 * finite number if any factor's is, else 0 if any factor's is.
 *
 * @param step of the lattice, in ln x
 */
export function productOf(laws: readonly LnLaw[], step: number, spectra: Spectra): LnLaw {
  const finite = laws.map(finiteShare);
  const defined = laws.reduce((share, { non_finite }) => share * (1 - non_finite), 1);
  const positive = finite.reduce((share, one) => share * one, 1);
  const ends = { zero: Math.max(0, defined - positive), non_finite: Math.max(0, 1 - defined) };
  if (positive === 0) return { ...ends, atoms: NO_ATOMS, curves: [] };
  const constants = laws.filter(isConstant);
  const shift = constants.reduce((sum, { atoms }) => sum + atoms.lnValues[0], 0);
  const scale = constants.reduce((share, law) => share * finiteShare(law), 1);
  const varying = laws.filter((law) => !isConstant(law));
  return { ...shifted(ofVarying(varying, step, spectra), shift, scale), ...ends };
}

function isConstant({ atoms, curves }: LnLaw): boolean {
  return curves.length === 0 && atoms.shares.length === 1;
}

/** Of laws of which none is a constant; only the finite part. */
function ofVarying(laws: readonly LnLaw[], step: number, spectra: Spectra): LnLaw {
  if (laws.length === 0) return lawOfValue(0);
  if (laws.length === 1) return laws[0];
  const stepped = laws.filter(({ curves }) => curves.length === 0);
  if (stepped.length === laws.length && pairsOf(laws) <= MOST_ATOMS) return ofAtoms(laws.map(({ atoms }) => atoms));
  const few = fewOf(stepped);
  const rest = without(laws, few);
  if (few.length === 0 || rest.every(({ curves }) => curves.length === 0)) return convolved(laws, step, spectra);
  const whole = rest.length === 1 ? rest[0] : convolved(rest, step, spectra);
  const { lnValues, shares } = few.map(({ atoms }) => atoms).reduce(pairwise);
  const shiftedBy = Array.from(lnValues, (lnValue) => shifted(whole, lnValue));
  return pooled(shiftedBy, [...shares]);
}

function pairsOf(laws: readonly LnLaw[]): number {
  return laws.reduce((count, { atoms }) => count * atoms.shares.length, 1);
}

/** Of laws of single values as many as have few products. */
function fewOf(laws: readonly LnLaw[]): LnLaw[] {
  const ascending = [...laws].sort((a, b) => a.atoms.shares.length - b.atoms.shares.length);
  return ascending.filter((_, i) => pairsOf(ascending.slice(0, i + 1)) <= FEW_ATOMS);
}

/** Each is left out once: two factors may be of one law. */
function without(laws: readonly LnLaw[], some: readonly LnLaw[]): LnLaw[] {
  const left = [...laws];
  for (const law of some) left.splice(left.indexOf(law), 1);
  return left;
}

function ofAtoms(factors: readonly Atoms[]): LnLaw {
  return { zero: 0, non_finite: 0, atoms: factors.reduce(pairwise), curves: [] };
}

function pairwise(a: Atoms, b: Atoms): Atoms {
  const lnValues = new Float64Array(a.shares.length * b.shares.length);
  const shares = new Float64Array(lnValues.length);
  for (let i = 0, k = 0; i < a.shares.length; i++) {
    for (let j = 0; j < b.shares.length; j++, k++) {
      lnValues[k] = a.lnValues[i] + b.lnValues[j];
      shares[k] = a.shares[i] * b.shares[j];
    }
  }
  return sortedAtoms(lnValues, shares);
}

function convolved(laws: readonly LnLaw[], step: number, spectra: Spectra): LnLaw {
  const sum = (of: (law: LnLaw) => number) => laws.reduce((total, law) => total + of(law), 0);
  const mass = laws.reduce((share, law) => share * finiteShare(law), 1);
  const lattices = laws.map((law) => spectra.latticeOf(law, step));
  const length = lengthFor(lattices);
  const factors = laws.map((law, i) => ({
    law,
    lattice: lattices[i],
    spectrum: spectra.spectrumOf(lattices[i], length),
  }));
  const place = {
    shift: 0,
    low: sum((law) => rangeOf(law)[0]),
    high: sum((law) => rangeOf(law)[1]),
    mass,
    missing: missingWaves(factors),
  };
  const product = productOfSpectra(factors.map(({ spectrum }) => spectrum));
  const masses = spectra.transforms.massesOf(product).subarray(0, pointsOf(lattices));
  const convolution = { step, first: lattices.reduce((total, { first }) => total + first, 0), masses };
  return { zero: 0, non_finite: 0, atoms: NO_ATOMS, curves: [curveOf(convolution, place)] };
}

/** Points of a convolution. */
function pointsOf(lattices: readonly Lattice[]): number {
  return lattices.reduce((sum, { masses }) => sum + masses.length - 1, 1);
}

/** The least power of two that holds them. */
function lengthFor(lattices: readonly Lattice[]): number {
  let length = 4;
  while (length < pointsOf(lattices)) length *= 2;
  return length;
}
