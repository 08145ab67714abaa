import type { RangeRunner } from './range-runner.js';
import { retryRange } from './retry.js';
import { runRange } from './run-range.js';

/** Runs one range after the other in the calling thread. */
export const callingThread: RangeRunner = {
  workers: 0,
  async runAll(plan, ranges, onRange, signal) {
    for (const range of ranges) {
      // Lets timers and signals of the calling thread have their turn between two ranges.
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      onRange(range, await runRange({ plan, range }).catch(() => retryRange({ plan, range }, runRange, signal)));
    }
  },
  async close() {},
};
