import { REFERENCE_ENGINE } from '../engine/reference-engine.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SummaryRow } from '../tables/schema.js';
import type { Job } from '../workers/jobs.js';
import { cellsRunner } from './run-cells.js';

/** Scenarios that are drawn whole, one after the other. */
export interface CellsTask {
  readonly scenarios: readonly ResolvedScenario[];
}

/** Rows of the summaries of scenarios, drawn on the reference kernel in any thread. */
export const CELLS_JOB: Job<CellsTask, SummaryRow[][]> = {
  name: 'cells',
  run: ({ scenarios }) => cellsRunner(REFERENCE_ENGINE)(scenarios),
};
