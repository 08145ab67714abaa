import type { Counter } from '../counting/counter.js';
import { runRange } from '../engine/draw-range.js';
import type { Engine } from '../engine/engine.js';
import { lastCompiled } from '../engine/last-compiled.js';
import { type KernelChoice, loadEngine } from '../engine/load-engine.js';
import { planNumbers } from './plan-numbers.js';
import { type Pool, poolOn } from './pool.js';
import type { RangeRunner } from './range-runner.js';
import { retryRange } from './retry.js';

/** A pool that runs everything in the calling thread; needs no Node. */
export async function callingThreadPool(choice: KernelChoice = 'auto'): Promise<Pool> {
  return poolOn(callingThread(await loadEngine(choice)));
}

/** Blocks that are drawn without a pause at least: some 10 ms to 100 ms. */
const AT_ONCE = 256;

/** Runs one range after the other in the calling thread. */
export function callingThread(engine: Engine): RangeRunner {
  const numberOf = planNumbers();
  const run = lastCompiled();
  return {
    workers: 0,
    engine,
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
        const task = { planNumber: numberOf(plan), plan, engine: engine.handle, range };
        let handedOver = false;
        const hand = (counter: Counter) => {
          handedOver = true;
          onRange(range, counter.view());
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
