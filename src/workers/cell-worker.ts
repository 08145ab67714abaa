import type { SummaryRow } from '../tables/schema.js';
import type { CellTask } from './messages.js';
import { runCell } from './run-cell.js';

/** Entry of a worker thread (Piscina) for the cells of a sweep: one whole cell a call. */
export default async function cellWorker({ scenario, module }: CellTask): Promise<SummaryRow[]> {
  return runCell(scenario, module);
}
