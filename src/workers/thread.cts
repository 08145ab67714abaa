import type { RangeResult, RangeTask } from './messages.js' with { 'resolution-mode': 'import' };

/**
 * Entry of a worker thread, a CommonJS one: Piscina takes a module by `require` first, and Node aborts the whole process
 * when a thread is ended while it requires an ECMAScript module (seen with Node 20.20, at Ctrl-C and when a thread had died).
 */
async function thread(task: RangeTask): Promise<RangeResult> {
  const { runRangeOf } = await import('./worker.js');
  return runRangeOf(task);
}

export = thread;
