import type { StreamKey } from './streams.js';
import { fillUniforms } from './uniforms.js';

/**
 * A Latin hypercube of `n` points, one array a dimension: in each, exactly one point in every n-th of the range, at random
 * within it (McKay, Beckman and Conover, Technometrics 1979).
 *
 * @param keys one random stream a dimension
 * @returns numbers in (0, 1)
 */
export function latinHypercube(n: number, keys: readonly StreamKey[]): Float64Array[] {
  return keys.map((key) => {
    const uniforms = new Float64Array(2 * n);
    fillUniforms(key, 0, uniforms);
    const strata = shuffled(n, uniforms.subarray(0, n));
    return Float64Array.from(strata, (stratum, i) => (stratum + uniforms[n + i]) / n);
  });
}

/** 0 to n - 1 in an order that the uniform numbers decide (Fisher and Yates). */
function shuffled(n: number, uniforms: Float64Array): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(uniforms[i] * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
