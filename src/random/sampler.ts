import type { StreamKey } from './streams.js';

/** Ways to choose the points at which a scenario is drawn. */
export const SAMPLERS = ['pseudo', 'latin-hypercube', 'sobol'] as const;

export type Sampler = (typeof SAMPLERS)[number];

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
