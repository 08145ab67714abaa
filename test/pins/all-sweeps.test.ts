// Pins of 0.2.0, the sweeps of the whole matrix: every sweep, sampler, kernel and number of threads; see pins.test.ts.
import { describe, it } from 'vitest';
import { KERNELS, SWEEP_RUNS } from './cases.js';
import { expectPinned } from './expect-pinned.js';
import { poolOf } from './pool-of.js';
import { wholeMatrix } from './whole-matrix.js';

wholeMatrix('sweeps', () => {
  for (const kernel of KERNELS) {
    describe.each([0, 1, 2, 4])(`on the ${kernel} kernel with %i workers`, (workers) => {
      const pool = poolOf(workers, kernel);
      const cases = SWEEP_RUNS.filter((one) => one.kernel === kernel);
      for (const { name, files, compute } of cases) {
        it(`makes ${name} as 0.2.0 did`, async () => expectPinned(files, await compute(pool())));
      }
    });
  }
});
