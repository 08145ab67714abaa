import { normalQuantile } from '../distributions/normal-quantile.js';
import { streamKey } from '../random/streams.js';
import { fillUniforms } from '../random/uniforms.js';

/** How intervals are found: by drawing the design's blocks anew, with replacement. */
export interface BootstrapOptions {
  readonly seed: string;
  /** 0: no intervals (NaN). */
  readonly resamples: number;
  /** In (0, 1). */
  readonly confLevel: number;
}

/** A statistic with the half-widths of its intervals. */
export interface Estimate {
  readonly values: readonly number[];
  readonly conf: readonly number[];
}

/**
 * Blocks of a design: enough for a standard error known to 6 % (1 / sqrt(2 · 128)), few enough that resampling costs nothing.
 * Blocks of Sobol' points balance each other, which resampling does not see: their intervals are too wide rather than too narrow.
 */
export const BLOCKS = 128;

/** The block of a row. */
export function blockOf(row: number, samples: number): number {
  return Math.floor((row * Math.min(BLOCKS, samples)) / samples);
}

/**
 * A statistic of sums over all rows, and half-widths of its normal intervals from sums of blocks.
 *
 * @param blocks sums of each block, all of one length
 */
export function bootstrap(
  blocks: readonly Float64Array[],
  statistic: (sums: Float64Array) => number[],
  options: BootstrapOptions,
): Estimate {
  const ones = new Float64Array(blocks.length).fill(1);
  const values = statistic(weightedSums(blocks, ones));
  const resampled = blockWeights(blocks.length, options).map((weights) => statistic(weightedSums(blocks, weights)));
  return { values, conf: halfWidths(resampled, values.length, options.confLevel) };
}

/** How often each resample takes each block. */
export function blockWeights(blocks: number, { seed, resamples }: BootstrapOptions): Float64Array[] {
  const key = streamKey(seed, 'sensitivity.bootstrap');
  const uniforms = new Float64Array(blocks);
  return Array.from({ length: resamples }, (_, resample) => {
    fillUniforms(key, resample, uniforms);
    const weights = new Float64Array(blocks);
    for (const u of uniforms) weights[Math.floor(u * blocks)]++;
    return weights;
  });
}

/** Standard deviation over the resamples times the normal quantile, for each value; NaN without resamples. */
export function halfWidths(resampled: readonly (readonly number[])[], length: number, confLevel: number): number[] {
  const z = normalQuantile(0.5 + confLevel / 2);
  return Array.from({ length }, (_, i) => z * deviation(resampled.map((values) => values[i])));
}

function deviation(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function weightedSums(blocks: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sums = new Float64Array(blocks[0].length);
  blocks.forEach((block, b) => {
    const weight = weights[b];
    if (weight > 0) for (let i = 0; i < sums.length; i++) sums[i] += weight * block[i];
  });
  return sums;
}
