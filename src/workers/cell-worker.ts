import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SummaryRow } from '../tables/schema.js';
import { runCell } from './run-cell.js';

/** Entry of a worker thread (Piscina) for the cells of a sweep: one whole cell a call. */
export default async function cellWorker(scenario: ResolvedScenario): Promise<SummaryRow[]> {
  return runCell(scenario);
}
