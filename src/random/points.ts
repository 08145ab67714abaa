import { type Points, ROWS } from './point-source.js';
import { DIMENSIONS, sobolPoints } from './sobol-points.js';
import { streamKey } from './streams.js';
import { fillUniforms } from './uniforms.js';

/** Kinds of points: scrambled Sobol' points, or pseudo-random ones. */
export type PointKind = 'sobol' | 'random';

/**
 * @throws RangeError for Sobol' points in more dimensions than the table has, or whose number is not a power of 2
 */
export function pointsOf(kind: PointKind, seed: string, dimensions: number, samples: number): Points {
  if (kind === 'random') return randomPoints(seed, dimensions);
  if (!Number.isInteger(Math.log2(samples)))
    throw new RangeError(
      `Sobol' points come in powers of 2; found ${samples}, the nearest is ${nearestPower(samples)}`,
    );
  if (dimensions > DIMENSIONS)
    throw new RangeError(
      `Sobol' points have at most ${DIMENSIONS} dimensions; ${dimensions} needed: take random points`,
    );
  return sobolPoints(seed, dimensions);
}

/** Pseudo-random points; each dimension has its own stream. */
function randomPoints(seed: string, dimensions: number): Points {
  const keys = Array.from({ length: dimensions }, (_, d) => streamKey(seed, `sensitivity.dimension.${d}`));
  const block = new Float64Array(ROWS);
  let next = 0;
  return (columns, n) => {
    keys.forEach((key, d) => {
      fillUniforms(key, next, block);
      columns[d].set(block.subarray(0, n));
    });
    next++;
  };
}

function nearestPower(samples: number): number {
  return 2 ** Math.max(0, Math.round(Math.log2(samples)));
}
