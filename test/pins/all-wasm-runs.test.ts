// Pins of 0.2.0, runs of the whole matrix on WebAssembly: every scenario and sampler on every number of threads; see
// pins.test.ts.
import { PRECISE_RUNS, RUNS, WRITTEN } from './cases.js';
import { pinnedOnPools } from './on-pools.js';

pinnedOnPools('wasm', [...RUNS, ...PRECISE_RUNS]);
// Draws are written by the calling thread.
pinnedOnPools('wasm', WRITTEN, [0]);
