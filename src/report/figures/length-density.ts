import { ln } from '../../distributions/elementary.js';
import type { HistogramRow } from '../../tables/schema.js';

/** How many draws of a model in a regime have a length about this one, 1 where most have. */
export interface LengthDensity {
  readonly name: string;
  readonly regime: string;
  readonly output_tokens: number;
  readonly density: number;
}

/** Steps for each factor of e: wide enough that single token counts do not stand out below a hundred of them. */
const STEPS_PER_E = 4;

/** The density of draws over the logarithm of the output length, of each model in each regime; none without bins. */
export function lengthDensities(histogram: readonly HistogramRow[], models: readonly string[]): LengthDensity[] {
  const own = histogram.filter(
    ({ metric, subject, bin_high }) => metric === 'output_tokens' && (bin_high ?? 0) > 0 && models.includes(subject),
  );
  const curves = new Map<string, HistogramRow[]>();
  for (const bin of own) {
    const key = JSON.stringify([bin.subject, bin.regime]);
    curves.set(key, [...(curves.get(key) ?? []), bin]);
  }
  return [...curves.values()].flatMap(densityOf);
}

function densityOf(bins: readonly HistogramRow[]): LengthDensity[] {
  const [{ subject: name, regime }] = bins;
  const steps = new Map<number, number>();
  for (const { bin_low, bin_high, count } of bins) {
    // Bins of token counts below one are of no tokens.
    const step = Math.floor(STEPS_PER_E * ln(Math.max(1, Math.sqrt((bin_low ?? 0) * (bin_high ?? 0)))));
    steps.set(step, (steps.get(step) ?? 0) + Number(count));
  }
  const most = Math.max(...steps.values());
  const places = [...steps.keys()];
  const [first, last] = [Math.min(...places) - 1, Math.max(...places) + 1];
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    name,
    regime,
    output_tokens: Math.exp((first + i + 0.5) / STEPS_PER_E),
    density: (steps.get(first + i) ?? 0) / most,
  }));
}
