import type { HistogramRow } from '../tables/schema.js';

/** A dot of a quantile dot plot: in which column of the axis it stands, and how many lie under it. */
export interface Dot {
  /** Middle of its column. */
  readonly value: number;
  readonly level: number;
}

/**
 * Values at the middles of so many equal shares of the draws, in order (Kay et al., CHI 2016): between the edges of a bin by their
 * logarithms. What is 0 has no place on a logarithmic axis, and is left out.
 */
export function quantileValues(bins: readonly HistogramRow[], shares: number): number[] {
  const own = bins
    .flatMap(({ bin_low, bin_high, count }) =>
      bin_low !== null && bin_high !== null && bin_low > 0 && bin_high < Infinity ? [{ bin_low, bin_high, count }] : [],
    )
    .sort((a, b) => a.bin_low - b.bin_low);
  const total = own.reduce((sum, { count }) => sum + count, 0);
  const values: number[] = [];
  let below = 0;
  for (const { bin_low, bin_high, count } of own) {
    for (; values.length < shares; ) {
      const rank = ((values.length + 0.5) / shares) * total - below;
      if (rank > count) break;
      values.push(bin_low * (bin_high / bin_low) ** (rank / count));
    }
    below += count;
  }
  return values;
}

/** Values as dots that lie on each other where they would share a column. @param range of the axis, above 0 */
export function stacked(values: readonly number[], [low, high]: readonly [number, number], columns: number): Dot[] {
  const step = Math.log(high / low) / columns || 1;
  const heights = new Map<number, number>();
  return values.map((value) => {
    const column = Math.min(columns - 1, Math.max(0, Math.floor(Math.log(value / low) / step)));
    const level = heights.get(column) ?? 0;
    heights.set(column, level + 1);
    return { value: low * Math.exp((column + 0.5) * step), level };
  });
}
