import { count, percent } from '../format.js';
import type { PreciseMetric } from '../scenario/sections/sampling.js';
import type { QuantileName } from '../sketch/quantile-name.js';

/** How a run to a stated precision went. */
export interface PrecisionReached {
  readonly metric: PreciseMetric;
  readonly quantile: QuantileName;
  /** Half-width of the widest 95 % interval of that quantile, relative to the quantile: what was asked for, and found. */
  readonly asked: number;
  readonly found: number;
  /** Samples used, the most allowed, and all rounds' sizes, the last one the result's. */
  readonly samples: number;
  readonly limit: number;
  readonly rounds: readonly number[];
}

/** What a run to a precision used, in words. */
export function precisionText(reached: PrecisionReached): string {
  const { metric, quantile, asked, found, samples, limit, rounds } = reached;
  const name = quantile === 'p50' ? 'medians' : `${quantile.toUpperCase()}s`;
  const known = `${name} of ${metric} known to ±${percent(found)} (95 %) with ${count(samples)} samples, round ${rounds.length}`;
  if (found <= asked) return `${known}; asked: ±${percent(asked)}`;
  return `${known}; asked: ±${percent(asked)}, not reached within the limit of ${count(limit)} samples; raise samples`;
}
