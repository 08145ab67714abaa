import { type Atoms, ascendingAtoms, NO_ATOMS, sortedAtoms } from './atoms.js';
import type { Curve, LnLaw } from './ln-law.js';

/** The law of x · e^shift, with all shares times `scale`: the constant factors of a product are exact. */
export function shifted(law: LnLaw, shift: number, scale = 1): LnLaw {
  if (shift === 0 && scale === 1) return law;
  const { zero, non_finite, atoms, curves } = law;
  return {
    zero: zero * scale,
    non_finite: non_finite * scale,
    atoms: ascendingAtoms(
      atoms.lnValues.map((lnValue) => lnValue + shift),
      atoms.shares.map((share) => share * scale),
    ),
    curves: curves.map((curve) => shiftedCurve(curve, shift, scale)),
  };
}

function shiftedCurve({ low, high, mass, missing, breaks, below }: Curve, shift: number, scale: number): Curve {
  return {
    low: low + shift,
    high: high + shift,
    mass: mass * scale,
    missing: (lnValue) => scale * missing(lnValue - shift),
    breaks: breaks.map((place) => place + shift),
    below: (lnValue) => scale * below(lnValue - shift),
  };
}

/** The law of 1 / x: draws of 0 become no finite number, and draws of none stay none. */
export function reciprocal({ zero, non_finite, atoms, curves }: LnLaw): LnLaw {
  return {
    zero: 0,
    non_finite: non_finite + zero,
    atoms: ascendingAtoms(atoms.lnValues.map((lnValue) => -lnValue).reverse(), atoms.shares.slice().reverse()),
    curves: curves.map(mirrored),
  };
}

function mirrored({ low, high, mass, missing, breaks, below }: Curve): Curve {
  return {
    low: -high,
    high: -low,
    mass,
    missing: (lnValue) => missing(-lnValue),
    breaks: breaks.map((place) => -place).reverse(),
    below: (lnValue) => mass - below(-lnValue),
  };
}

/**
 * Laws pooled by weight, as a blend pools its models: shares add up, exactly.
 *
 * @param weights one for each law, of sum 1
 */
export function pooled(laws: readonly LnLaw[], weights: readonly number[]): LnLaw {
  const parts = laws.map((law, i) => shifted(law, 0, weights[i]));
  const total = (share: (law: LnLaw) => number) => parts.reduce((sum, law) => sum + share(law), 0);
  return {
    zero: total(({ zero }) => zero),
    non_finite: total(({ non_finite }) => non_finite),
    atoms: mergedAtoms(parts.map(({ atoms }) => atoms)),
    curves: parts.flatMap(({ curves }) => curves),
  };
}

function mergedAtoms(parts: readonly Atoms[]): Atoms {
  const filled = parts.filter(({ shares }) => shares.length > 0);
  if (filled.length < 2) return filled[0] ?? NO_ATOMS;
  return sortedAtoms(joined(filled.map(({ lnValues }) => lnValues)), joined(filled.map(({ shares }) => shares)));
}

function joined(lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const list of lists) {
    all.set(list, end);
    end += list.length;
  }
  return all;
}

/**
 * The law of one value, always. @param lnValue -Infinity for 0; anything else that is not finite stands for no finite
 * number
 */
export function lawOfValue(lnValue: number): LnLaw {
  const told = Number.isFinite(lnValue);
  return {
    zero: lnValue === -Infinity ? 1 : 0,
    non_finite: told || lnValue === -Infinity ? 0 : 1,
    atoms: told ? ascendingAtoms(Float64Array.of(lnValue), Float64Array.of(1)) : NO_ATOMS,
    curves: [],
  };
}
