import type { SummaryRow } from '../tables/schema.js';
import type { CellTask } from './messages.js';
import { type CellRunner, cellRunner } from './run-cell.js';

/** A thread is one pool's, so all its cells come with the same kernel, and hand on its memory. */
let run: CellRunner | undefined;

/** What a worker thread does in a sweep: one whole cell a call. */
export function runCellOf({ scenario, module }: CellTask): Promise<SummaryRow[]> {
  run ??= cellRunner(module);
  return run(scenario);
}
