import type { Counter } from '../counting/counter.js';
import { drawRange } from './draw-range.js';
import type { OpenedPlan, OpenPlan } from './engine.js';
import { engineOf } from './load-engine.js';
import type { RangeTask } from './messages.js';

/** Runs one task and takes what it counted out of the counter, which must be empty then. */
export type RunTask = <T>(task: RangeTask, take: (counter: Counter) => T) => Promise<T>;

/**
 * Runs tasks in one thread, one after the other: the ranges of one plan follow each other, so only the last plan is kept, and
 * the next one goes on in its memory. A thread has one engine.
 */
export function lastCompiled(): RunTask {
  let open: OpenPlan | undefined;
  let last: { readonly planNumber: number; readonly opened: OpenedPlan } | undefined;
  let before: Promise<unknown> = Promise.resolve();

  async function run<T>({ planNumber, plan, engine, range }: RangeTask, take: (counter: Counter) => T): Promise<T> {
    open ??= engineOf(engine).opener();
    if (last?.planNumber !== planNumber) {
      last?.opened.giveBack();
      last = undefined;
      last = { planNumber, opened: await open(plan) };
    }
    const { opened } = last;
    // What it holds when a range fails is part of that range: it is not gone on with.
    last = undefined;
    drawRange(opened, range);
    const found = take(opened.counter);
    last = { planNumber, opened };
    return found;
  }

  return (task, take) => {
    const done = before.then(() => run(task, take));
    before = done.catch(() => {});
    return done;
  };
}
