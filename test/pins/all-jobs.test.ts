// Pins of 0.2.0, the analyses and comparisons of the whole matrix: each method, on every number of threads; see pins.test.ts.
import { describe, it } from 'vitest';
import { expectPinned } from './expect-pinned.js';
import { ANALYSIS_CASES, COMPARISON_CASES } from './job-cases.js';
import { wholeMatrix } from './whole-matrix.js';

wholeMatrix('analyses and comparisons', () => {
  describe.each([0, 1, 2, 4])('with %i workers', (workers) => {
    for (const { name, compute } of [...ANALYSIS_CASES, ...COMPARISON_CASES]) {
      it(`makes ${name} as 0.2.0 did`, async () => expectPinned([name], await compute(workers)));
    }
  });
});
