import type { SketchesData } from '../sketch/sketches.js';
import { type Borrow, type Borrowed, borrowedEngines } from './borrowed-engines.js';
import { taken } from './counter.js';
import type { RangeTask } from './messages.js';
import { drawRange } from './run-range.js';

/**
 * Runs tasks in one thread, one after the other: the ranges of one plan follow each other, so only the last plan is kept, and
 * the next one goes on in its memory. A thread has one kernel.
 */
export function lastCompiled(): (task: RangeTask) => Promise<SketchesData> {
  let borrow: Borrow | undefined;
  let last: { readonly planNumber: number; readonly engine: Borrowed } | undefined;
  let before: Promise<unknown> = Promise.resolve();

  async function run({ planNumber, plan, module, range }: RangeTask): Promise<SketchesData> {
    borrow ??= borrowedEngines(module);
    if (last?.planNumber !== planNumber) {
      last?.engine.giveBack();
      last = undefined;
      last = { planNumber, engine: await borrow(plan) };
    }
    const { engine } = last;
    // What it holds when a range fails is part of that range: it is not gone on with.
    last = undefined;
    drawRange(engine, range);
    last = { planNumber, engine };
    return taken(engine.counter);
  }

  return (task) => {
    const done = before.then(() => run(task));
    before = done.catch(() => {});
    return done;
  };
}
