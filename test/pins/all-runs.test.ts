// Pins of 0.2.0, the runs of the whole matrix: every scenario, sampler, kernel and number of threads; see pins.test.ts.
import { describe, it } from 'vitest';
import { KERNELS, PRECISE_RUNS, RUNS, WRITTEN } from './cases.js';
import { expectPinned } from './expect-pinned.js';
import { poolOf } from './pool-of.js';
import { wholeMatrix } from './whole-matrix.js';

wholeMatrix('runs of every scenario', () => {
  for (const kernel of KERNELS) {
    describe.each([0, 1, 2, 4])(`on the ${kernel} kernel with %i workers`, (workers) => {
      const pool = poolOf(workers, kernel);
      // Draws are written by the calling thread.
      const cases = [...RUNS, ...PRECISE_RUNS, ...(workers === 0 ? WRITTEN : [])].filter(
        (one) => one.kernel === kernel,
      );
      for (const { name, files, compute } of cases) {
        it(`makes ${name} as 0.2.0 did`, async () => expectPinned(files, await compute(pool())));
      }
    });
  }
});
