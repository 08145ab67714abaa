import { type Atoms, sortedAtoms } from './atoms.js';
import { type Curve, type LnLaw, shareBelow } from './ln-law.js';
import { lnQuantile } from './quantile.js';
import { shifted } from './reshape.js';

/**
 * Distance in ln x, relative to its size from 1 on, up to which an atom counts as lying at a quantile that bisection
 * found.
 */
const AT_THE_CUT = 1e-13;

/**
 * A cut through a law: the ln value that it goes through, and what share of the draws there lies above the cut rank.
 */
interface Cut {
  readonly lnValue: number;
  readonly above: number;
}

/**
 * The law of the draws of ranks from `low` to `high` of all that are a finite number, as shares of them: high - low of
 * the draws are kept, also where equal draws lie on both sides of a cut, of which it then keeps its part. The shares
 * add up to 1 again.
 *
 * @param low rank of the least draw that is kept, in [0, high)
 * @param high rank of the greatest, at most 1
 */
export function trimmed(law: LnLaw, low: number, high: number): LnLaw {
  const defined = 1 - law.non_finite;
  const [from, to] = [cutAt(law, low), cutAt(law, high)];
  const kept = {
    zero: Math.max(0, Math.min(law.zero, high * defined) - low * defined),
    non_finite: 0,
    atoms: keptAtoms(law.atoms, from, to),
    curves: law.curves.flatMap((curve) => keptStretch(curve, from.lnValue, to.lnValue)),
  };
  return shifted(kept, 0, 1 / ((high - low) * defined));
}

function cutAt(law: LnLaw, rank: number): Cut {
  const lnValue = lnQuantile(law, rank);
  const there = law.atoms.shares.reduce(
    (sum, share, i) => (isAt(law.atoms.lnValues[i], lnValue) ? sum + share : sum),
    0,
  );
  const beyond = shareBelow(law, lnValue + toleranceAt(lnValue)) - rank * (1 - law.non_finite);
  return { lnValue, above: there > 0 ? Math.min(1, Math.max(0, beyond / there)) : 0 };
}

function isAt(atom: number, lnValue: number): boolean {
  return Math.abs(atom - lnValue) <= toleranceAt(lnValue);
}

function toleranceAt(lnValue: number): number {
  return Number.isFinite(lnValue) ? AT_THE_CUT * Math.max(1, Math.abs(lnValue)) : 0;
}

function keptAtoms({ lnValues, shares }: Atoms, from: Cut, to: Cut): Atoms {
  const kept = (share: number, i: number) =>
    share * Math.max(0, shareAbove(lnValues[i], from) - shareAbove(lnValues[i], to));
  return sortedAtoms(lnValues, shares.map(kept));
}

/** Share of an atom's draws that lie above a cut. */
function shareAbove(lnValue: number, cut: Cut): number {
  if (isAt(lnValue, cut.lnValue)) return cut.above;
  return lnValue > cut.lnValue ? 1 : 0;
}

function keptStretch(curve: Curve, from: number, to: number): Curve[] {
  const [low, high] = [Math.max(from, curve.low), Math.min(to, curve.high)];
  const under = curve.below(low);
  const mass = curve.below(high) - under;
  if (!(mass > 0)) return [];
  const breaks = [low, ...curve.breaks.filter((place) => low < place && place < high), high];
  const below = (lnValue: number) => Math.min(mass, Math.max(0, curve.below(lnValue) - under));
  return [{ low, high, mass, missing: (lnValue) => curve.missing(lnValue), breaks, below }];
}
