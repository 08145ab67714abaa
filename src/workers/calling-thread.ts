import type { Counter } from '../counting/counter.js';
import { lastCompiled } from '../engine/last-compiled.js';
import { runRange } from '../engine/run-range.js';
import { type KernelChoice, loadKernel } from '../kernel/load.js';
import type { KernelModule } from '../kernel/wasm/web-assembly.js';
import { planNumbers } from './plan-numbers.js';
import { type Pool, poolOn } from './pool.js';
import type { RangeRunner } from './range-runner.js';
import { retryRange } from './retry.js';

/** A pool that runs everything in the calling thread; needs no Node. */
export async function callingThreadPool(choice: KernelChoice = 'auto'): Promise<Pool> {
  return poolOn(callingThread(await loadKernel(choice)));
}

/** Blocks that are drawn without a pause at least: some 10 ms to 100 ms. */
const AT_ONCE = 256;

/** Runs one range after the other in the calling thread. @param module the WebAssembly kernel; none for the reference */
export function callingThread(module: KernelModule | undefined): RangeRunner {
  const numberOf = planNumbers();
  const run = lastCompiled();
  return {
    workers: 0,
    module,
    async runAll(plan, ranges, onRange, signal) {
      let since = AT_ONCE;
      for (const range of ranges) {
        // Lets timers and signals of the calling thread have their turn, which takes a millisecond.
        if (since >= AT_ONCE) {
          await new Promise((resolve) => setTimeout(resolve));
          since = 0;
        }
        since += range.blocks;
        signal.throwIfAborted();
        const task = { planNumber: numberOf(plan), plan, module, range };
        let handedOver = false;
        const hand = (counter: Counter) => {
          handedOver = true;
          onRange(range, counter.counted());
          counter.clear();
        };
        await run(task, hand).catch(async (error) => {
          if (handedOver) throw error;
          onRange(range, await retryRange(task, runRange, signal));
        });
      }
    },
    async close() {},
  };
}
