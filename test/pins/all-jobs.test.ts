// Pins of 0.2.0, analyses and comparisons of the whole matrix: each method, on every number of threads; see pins.test.ts.
import { describe, it } from 'vitest';
import { needs } from '../needs.js';
import { expectPinned } from './expect-pinned.js';
import { JOB_CASES, THREADLESS_CASES } from './job-cases.js';
import { ALL_WORKERS } from './on-pools.js';

describe.each(ALL_WORKERS)('with %i workers', needs('minutes'), (workers) => {
  for (const { name, compute } of [...JOB_CASES, ...(workers === 0 ? THREADLESS_CASES : [])]) {
    it(`makes ${name} as 0.2.0 did`, async () => expectPinned([name], await compute(workers)));
  }
});
