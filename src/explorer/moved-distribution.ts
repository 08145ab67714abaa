import { ln } from '../distributions/elementary.js';
import { normalCumulative } from '../distributions/normal-cumulative.js';
import { percent } from '../format.js';
import { INPUTS } from '../model/quantities.js';
import type { Quantity } from './state.js';

/** The forms that presets use: a number, a lognormal by P5 and P95 (its middle is their geometric mean), an exponential. */
interface Written {
  readonly lognormal?: Ends;
  readonly exponential?: { readonly median: number };
}

interface Ends {
  readonly p5: number;
  readonly p95: number;
}

/** The middle of a distribution as a preset writes it; undefined where it has none for a slider. */
export function middle(written: unknown): number | undefined {
  if (typeof written === 'number') return written;
  const { lognormal, exponential } = (written ?? {}) as Written;
  if (lognormal) return rounded(Math.sqrt(lognormal.p5 * lognormal.p95));
  return exponential?.median;
}

/**
 * The same spread around another middle, within what is physically possible: of a PUE what lies above 1 keeps its relative spread, of
 * a share its odds do, and nothing is drawn beyond; at the bound itself there is one value.
 */
export function withMiddle(quantity: Quantity, written: unknown, value: number): unknown {
  const { lognormal, exponential } = written as Written;
  if (exponential) return { exponential: { median: value } };
  if (!lognormal) return value;
  const [low, high] = INPUTS[quantity].bounds;
  if (low > 0 && lognormal.p5 > low) return between(aboveLow(lognormal, low, value), value, { min: low });
  if (low === 0 && high === 1 && lognormal.p95 < 1) return between(belowOne(lognormal, value), value, { max: 1 });
  const factor = value / middleOf(lognormal);
  return { lognormal: { p5: rounded(lognormal.p5 * factor), p95: rounded(lognormal.p95 * factor) } };
}

/** Shares of draws of a preset's own distribution beyond what is physically possible, in words. */
export function beyondNotes(quantity: Quantity, written: unknown): string[] {
  const { lognormal } = (typeof written === 'object' && written !== null ? written : {}) as Written;
  if (lognormal === undefined) return [];
  const [low, high] = INPUTS[quantity].bounds;
  const score = (bound: number) => ((ln(bound) - ln(middleOf(lognormal))) * 2 * Z95) / ln(lognormal.p95 / lognormal.p5);
  const [below, above] = [low > 0 ? normalCumulative(score(low)) : 0, high === 1 ? normalCumulative(-score(high)) : 0];
  return [
    ...(below > LITTLE ? [`${percent(below)} of ${quantity} draws are below ${low}.`] : []),
    ...(above > LITTLE ? [`${percent(above)} of ${quantity} draws are above ${high}.`] : []),
  ];
}

/** As the scenario's lognormal has it, see distributions/p5-p95.ts. */
const Z95 = 1.645;

/** Shares below this are not worth a sentence. */
const LITTLE = 1e-4;

function aboveLow({ p5, p95 }: Ends, low: number, value: number): Ends {
  const factor = (value - low) / (middleOf({ p5, p95 }) - low);
  const lower = low + (p5 - low) * factor;
  return { p5: lower, p95: value ** 2 / lower };
}

function belowOne({ p5, p95 }: Ends, value: number): Ends {
  const odds = (share: number) => share / (1 - share);
  const moved = (odds(p95) * odds(value)) / odds(middleOf({ p5, p95 }));
  const upper = value < 1 ? moved / (1 + moved) : 1;
  return { p5: value ** 2 / upper, p95: upper };
}

/** A lognormal within a bound, or one value where its ends meet. */
function between({ p5, p95 }: Ends, value: number, bound: object): unknown {
  const ends = { p5: rounded(p5), p95: rounded(p95) };
  return ends.p5 < ends.p95 ? { lognormal: ends, ...bound } : value;
}

function middleOf({ p5, p95 }: Ends): number {
  return Math.sqrt(p5 * p95);
}

/** Five digits: what a person would write. */
export function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
