import type { QuantileFound } from '../sketch/integrated.js';
import { probabilityOf, type QuantileName } from '../sketch/quantile-name.js';
import { LEAST_DRAWS, quantiles, rankInterval } from '../sketch/statistics.js';
import type { Series } from './series.js';

/** A quantile that a scenario asks for, with its 95 % interval: NaN at an end beyond which too few draws lie. */
export interface AskedQuantile extends QuantileFound {
  readonly name: QuantileName;
}

/** The quantiles of one distribution that a scenario asks for. */
export function askedQuantiles(series: Series, names: readonly QuantileName[]): AskedQuantile[] {
  return names.map((name) => ({ name, ...found(series, probabilityOf(name)) }));
}

function found({ integrated, histogram, effectiveDraws }: Series, probability: number): QuantileFound {
  if (integrated) return integrated.quantile(probability);
  const draws = effectiveDraws(probability);
  const interval = draws < LEAST_DRAWS ? [Number.NaN, Number.NaN] : rankInterval(probability, draws);
  const isBeyond = (rank: number) => !(rank >= 0 && rank <= 1);
  const ranks = interval.map((rank) => (isBeyond(rank) ? probability : rank));
  const [value, ...ends] = quantiles(histogram, [probability, ...ranks]);
  const [low, high] = ends.map((end, i) => (isBeyond(interval[i]) ? Number.NaN : end));
  return { value, low, high };
}
