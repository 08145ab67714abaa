// Pins of 0.2.0, sweeps of the whole matrix: every sweep, sampler, kernel and number of threads; see pins.test.ts.
import { KERNELS, SWEEP_RUNS } from './cases.js';
import { pinnedOnPools } from './on-pools.js';

for (const kernel of KERNELS) pinnedOnPools(kernel, SWEEP_RUNS);
