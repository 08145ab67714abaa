import { describe, it } from 'vitest';
import { needs } from '../needs.js';
import type { KERNELS, PoolCase } from './cases.js';
import { expectPinned } from './expect-pinned.js';
import { poolOf } from './pool-of.js';

/** Numbers of threads that the whole matrix is for. */
export const ALL_WORKERS = [0, 1, 2, 4];

/** Pins those of the cases that are for a kernel on pools of each number of threads, where minutes are given. */
export function pinnedOnPools(kernel: (typeof KERNELS)[number], cases: readonly PoolCase[], workers = ALL_WORKERS) {
  describe.each(workers)(`on the ${kernel} kernel with %i workers`, needs('minutes'), (number) => {
    const pool = poolOf(number, kernel);
    for (const { name, files, compute } of cases.filter((one) => one.kernel === kernel)) {
      it(`makes ${name} as 0.2.0 did`, async () => expectPinned(files, await compute(pool())));
    }
  });
}
