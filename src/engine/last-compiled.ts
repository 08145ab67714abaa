import type { Counter } from '../counting/counter.js';
import { type Borrow, type Borrowed, borrowedEngines } from './borrowed-engines.js';
import type { RangeTask } from './messages.js';
import { drawRange } from './run-range.js';

/** Runs one task and takes what it counted out of the counter, which must be empty then. */
export type RunTask = <T>(task: RangeTask, take: (counter: Counter) => T) => Promise<T>;

/**
 * Runs tasks in one thread, one after the other: the ranges of one plan follow each other, so only the last plan is kept, and
 * the next one goes on in its memory. A thread has one kernel.
 */
export function lastCompiled(): RunTask {
  let borrow: Borrow | undefined;
  let last: { readonly planNumber: number; readonly engine: Borrowed } | undefined;
  let before: Promise<unknown> = Promise.resolve();

  async function run<T>({ planNumber, plan, module, range }: RangeTask, take: (counter: Counter) => T): Promise<T> {
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
    const found = take(engine.counter);
    last = { planNumber, engine };
    return found;
  }

  return (task, take) => {
    const done = before.then(() => run(task, take));
    before = done.catch(() => {});
    return done;
  };
}
