import type { StreamKey } from '../streams.js';

/** Ways to choose the points at which a scenario is drawn. */
export const SAMPLERS = ['pseudo', 'latin-hypercube', 'sobol'] as const;

export type Sampler = (typeof SAMPLERS)[number];

/**
 * Independent randomisations that a run of a stratified sampler consists of: the spread between them is its error estimate.
 * Block b belongs to replicate b mod 16, so the first N samples do not change when N grows. Sixteen: a 95 % interval of
 * Student's t is then 9 % wider than with infinitely many, and the points of each replicate are as many as can be.
 */
export const REPLICATES = 16;

/** Fills `out` with the uniform numbers of one variable in one block, each inside (0, 1); any block can be asked for. */
export type FillUniforms = (block: number, out: Float64Array) => void;

/** Fills `out` with the pseudo-random numbers of a stream in one block: `fillUniforms`, or an engine's own of the same bits. */
export type PseudoFill = (key: StreamKey, block: number, out: Float64Array) => void;
