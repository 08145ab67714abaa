import type { Bounds } from './moved-distribution.js';
import type { Replacement } from './replacement.js';

/** One number of a scenario that the page lets somebody move. */
export interface Setting {
  /** As links call it: an input's own name, or where the scenario states it. */
  readonly key: string;
  readonly label: string;
  readonly help: string;
  readonly unit: string;
  /** Where the slider begins and ends; long ranges go by their logarithm. */
  readonly slider: { readonly low: number; readonly high: number; readonly log: boolean };
  /** What may be typed. */
  readonly bounds: Bounds;
  /** The middle that the scenario states for a kind of query; undefined where it states none. */
  own(regime: string): number | undefined;
  /** What it means that the scenario states none; where it is absent, the slider is, too. */
  readonly absent?: string;
  /** What stands elsewhere in the scenario once it is moved. */
  replacements(regime: string, value: number): Replacement[];
}

/** What a scenario states and no slider moves, and why. */
export interface Unmoved {
  readonly label: string;
  readonly why: string;
}

/** A slider's range with a value in it that the usual range leaves out. */
export function including(
  { low, high, log }: Setting['slider'],
  value: number | undefined,
  [least, most]: Bounds,
): Setting['slider'] {
  if (value === undefined) return { low, high, log };
  const from = value > 0 && value < low ? Math.max(least, value / AROUND) : low;
  const to = value > high ? Math.min(most, value * AROUND) : high;
  return { low: from, high: to, log };
}

/** How far a slider goes beyond a value that its usual range leaves out. */
const AROUND = 3;
