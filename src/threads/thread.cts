import type { CellsTask, JobTask, RangeResult, ThreadTask } from '../engine/messages.js' with {
  'resolution-mode': 'import',
};
import type { SummaryRow } from '../tables/schema.js' with { 'resolution-mode': 'import' };

/*
 * Entry of a worker thread, a CommonJS one: Piscina takes a module by `require` first, and Node aborts the whole process
 * when a thread is ended while it requires an ECMAScript module (seen with Node 20.20, at Ctrl-C and when a thread had died).
 */

/** One range of blocks of a plan. */
async function range(task: ThreadTask): Promise<RangeResult> {
  const { runRangeOf } = await import('./range-worker.js');
  return runRangeOf(task);
}

/** Whole cells of a sweep. */
async function cells(task: CellsTask): Promise<SummaryRow[][]> {
  const { runCellsOf } = await import('./cell-worker.js');
  return runCellsOf(task);
}

/** One task of an analysis or a comparison. */
async function job(task: JobTask): Promise<object> {
  const { runJob } = await import('./job-list.js');
  return runJob(task);
}

export = { range, cells, job };
