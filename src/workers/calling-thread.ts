import { type KernelChoice, loadKernel } from '../kernel/load.js';
import { type Pool, poolOn, type Threads } from './pool.js';
import { lastCompiled } from './run-range.js';

/** A pool that runs everything in the calling thread, one range after the other; needs no Node. */
export async function callingThreadPool(choice: KernelChoice = 'auto'): Promise<Pool> {
  return poolOn(callingThread(), 0, await loadKernel(choice));
}

function callingThread(): Threads {
  const runnerOf = lastCompiled();
  return {
    async run(task, signal) {
      // Lets timers and signals of the calling thread have their turn between two ranges.
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      const run = await runnerOf(task);
      return run(task.range);
    },
    async forAll(ranges, runOne) {
      for (const range of ranges) await runOne(range);
    },
    async close() {},
  };
}
