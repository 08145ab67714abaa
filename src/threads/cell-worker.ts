import { engineOf } from '../engine/load-engine.js';
import type { CellsTask } from '../engine/messages.js';
import { type CellsRunner, cellsRunner } from '../simulate/run-cells.js';
import type { SummaryRow } from '../tables/schema.js';

/** A thread is one pool's, so all its cells come with the same kernel, and hand on its memory. */
let run: CellsRunner | undefined;

/** What a worker thread does in a sweep: a few whole cells a call. */
export function runCellsOf({ scenarios, engine }: CellsTask): Promise<SummaryRow[][]> {
  run ??= cellsRunner(engineOf(engine));
  return run(scenarios);
}
