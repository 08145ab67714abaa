import type { HistogramRow, SummaryRow } from '../tables/schema.js';

/** Unicode's block elements, from one eighth to full. */
const BLOCKS = '▁▂▃▄▅▆▇█';

/** Cells of a sparkline, and the range of values that its two ends stand for. */
export interface SparkScale {
  readonly cells: number;
  readonly low: number;
  readonly high: number;
}

/** One scale for many rows, so that their sparklines can be compared: from the lowest P5 to the highest P95. */
export function sparkScale(rows: readonly SummaryRow[], cells = 24): SparkScale | undefined {
  const lows = rows.map(({ p05 }) => p05 ?? 0).filter((value) => value > 0);
  const highs = rows.map(({ p95 }) => p95 ?? 0).filter((value) => value > 0);
  if (lows.length === 0 || highs.length === 0) return undefined;
  const [low, high] = [Math.min(...lows), Math.max(...highs)];
  return high > low ? { cells, low, high } : undefined;
}

/** A distribution's density along ln x, its highest cell full, empty cells blank. */
export function sparkline(bins: readonly HistogramRow[], { cells, low, high }: SparkScale): string {
  const heights = new Float64Array(cells);
  const width = Math.log(high / low) / cells;
  for (const { bin_low, bin_high, count } of bins) {
    if (!bin_low || !bin_high) continue;
    const cell = Math.floor((Math.log(bin_low * bin_high) / 2 - Math.log(low)) / width);
    if (cell >= 0 && cell < cells) heights[cell] += count;
  }
  const highest = Math.max(...heights);
  return Array.from(heights, (height) => blockOf(height / highest)).join('');
}

function blockOf(share: number): string {
  // Less than a sixteenth of the highest would round to no block at all.
  return share >= 1 / 16 ? BLOCKS[Math.min(7, Math.round(share * 8) - 1)] : ' ';
}
