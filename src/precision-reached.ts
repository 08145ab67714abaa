import { count, percent } from './format.js';

/** How a run to a stated precision went. */
export interface PrecisionReached {
  /** Half-width of the widest 95 % interval of a median energy, relative to that median: what was asked for, and found. */
  readonly asked: number;
  readonly found: number;
  /** Samples used, the most allowed, and all rounds' sizes, the last one the result's. */
  readonly samples: number;
  readonly limit: number;
  readonly rounds: readonly number[];
}

/** What a run to a precision used, in words. */
export function precisionText({ asked, found, samples, limit, rounds }: PrecisionReached): string {
  const known = `medians of energy known to ±${percent(found)} (95 %) with ${count(samples)} samples, round ${rounds.length}`;
  if (found <= asked) return `${known}; asked: ±${percent(asked)}`;
  return `${known}; asked: ±${percent(asked)}, not reached within the limit of ${count(limit)} samples; raise samples`;
}
