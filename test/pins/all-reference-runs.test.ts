// Pins of 0.2.0, runs of the whole matrix on the reference kernel: every scenario and sampler on every number of threads; see
// pins.test.ts.
import { RUNS } from './cases.js';
import { pinnedOnPools } from './on-pools.js';

pinnedOnPools('reference', RUNS);
