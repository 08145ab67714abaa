import { ln } from '../../distributions/elementary.js';
import type { MeasuredRatio } from './measured-ratio.js';

/** Ratios that were measured by queries in flight. */
export const RATIOS_BY_CONCURRENCY = ['FP8/BF16', 'B200/H100'] as const;

export type RatioByConcurrency = (typeof RATIOS_BY_CONCURRENCY)[number];

/** The measured ratio nearest to a concurrency. */
export interface ChosenRatio {
  readonly measured: MeasuredRatio;
  /** Queries in flight of its pairs, lowest and highest. */
  readonly concurrency: readonly [low: number, high: number];
  /** Whether the concurrency asked for lies outside all that was measured. */
  readonly extrapolated: boolean;
}

/** Fewer pairs than this make no distribution. */
const FEWEST_PAIRS = 5;

/**
 * FP8 over BF16 is read without one configuration (Qwen 3 Coder 480B on eight B200), whose ratios of 2.3 to 5.6 at every
 * concurrency have no known reason; see scenarios/data/README.md.
 */
const READ_WITHOUT: Readonly<Record<RatioByConcurrency, RegExp>> = {
  'FP8/BF16': /, without Qwen 3 Coder 480B/,
  'B200/H100': /$/,
};

/**
 * The ratio of energies per output token at a concurrency (queries in flight, the benchmark's max_num_seqs): the row whose pairs are
 * nearest in logarithm, among rows of at least five pairs. Throws a RangeError if the table has none.
 */
export function ratioAt(table: readonly MeasuredRatio[], ratio: RatioByConcurrency, concurrency: number): ChosenRatio {
  const rows = table.flatMap((measured) => {
    const band = bandOf(measured.condition);
    const isUsed =
      measured.ratio === ratio && measured.n >= FEWEST_PAIRS && READ_WITHOUT[ratio].test(measured.condition);
    return band !== undefined && isUsed ? [{ measured, band }] : [];
  });
  if (rows.length === 0) throw new RangeError(`precision-and-generation.csv has no ${ratio} by max_num_seqs`);
  const nearest = rows.reduce((best, row) =>
    distance(row.band, concurrency) < distance(best.band, concurrency) ? row : best,
  );
  const [low, high] = [Math.min(...rows.map(({ band }) => band[0])), Math.max(...rows.map(({ band }) => band[1]))];
  return {
    measured: nearest.measured,
    concurrency: nearest.band,
    extrapolated: concurrency < low || concurrency > high,
  };
}

/** `max_num_seqs 8`, or `max_num_seqs 8 to 16, …`. */
function bandOf(condition: string): readonly [number, number] | undefined {
  const [, low, high = low] = /^max_num_seqs (\d+)(?: to (\d+))?/.exec(condition) ?? [];
  return low === undefined ? undefined : [Number(low), Number(high)];
}

/** How far a concurrency lies outside a band, in logarithm; 0 inside. */
function distance([low, high]: readonly [number, number], concurrency: number): number {
  return Math.max(0, ln(low) - ln(concurrency), ln(concurrency) - ln(high));
}
