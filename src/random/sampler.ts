import type { StreamKey } from './streams.js';

/** Ways to choose the points at which a scenario is drawn. */
export const SAMPLERS = ['pseudo', 'latin-hypercube', 'sobol'] as const;

export type Sampler = (typeof SAMPLERS)[number];

/** Ways to draw no more than what cannot be integrated: `exact` is refused where that is everything, `auto` never. */
export const INTEGRATING = ['exact', 'auto'] as const;

/** What a scenario may ask for. */
export type Sampling = Sampler | (typeof INTEGRATING)[number];

/** Whether a scenario that asks for this is integrated where that is possible. */
export function integrates(sampling: Sampling = 'pseudo'): sampling is (typeof INTEGRATING)[number] {
  return INTEGRATING.some((one) => one === sampling);
}

/** The points at which a scenario is drawn where it is drawn: pseudo-random ones, unless it asks for others. */
export function pointsOf(sampling: Sampling = 'pseudo'): Sampler {
  return integrates(sampling) ? 'pseudo' : sampling;
}

/**
 * Independent randomisations that a run of a stratified sampler consists of: the spread between them is its error estimate.
 * Block b belongs to replicate b mod 16, so the first N samples do not change when N grows. Sixteen: a 95 % interval of
 * Student's t is then 9 % wider than with infinitely many, and the points of each replicate are as many as can be.
 */
export const REPLICATES = 16;

/**
 * Fills `out` with the words of one variable in one block, as `uniformAt` takes them; any block can be asked for.
 */
export type FillWords = (block: number, out: Uint32Array) => void;

/** What words are made by: an engine brings its own, which make the same bits. */
export interface WordSource {
  /** Fills `out` with the pseudo-random words of a stream in one block. */
  pseudo(key: StreamKey, block: number, out: Uint32Array): void;
  /** Replaces Sobol points, digits in reverse, by the digits of point ^ base under two scramblings, in order. */
  scramble(points: Uint32Array, base: number, first: number, second: number): void;
}
