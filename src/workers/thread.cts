import type { Comparison } from '../comparison/compare.js' with { 'resolution-mode': 'import' };
import type { SensitivityRow, SummaryRow } from '../tables/schema.js' with { 'resolution-mode': 'import' };
import type { AnalysisTask, CellTask, ComparisonTask, RangeResult, RangeTask } from './messages.js' with {
  'resolution-mode': 'import',
};

/*
 * Entry of a worker thread, a CommonJS one: Piscina takes a module by `require` first, and Node aborts the whole process
 * when a thread is ended while it requires an ECMAScript module (seen with Node 20.20, at Ctrl-C and when a thread had died).
 */

/** One range of blocks of a plan. */
async function range(task: RangeTask): Promise<RangeResult> {
  const { runRangeOf } = await import('./worker.js');
  return runRangeOf(task);
}

/** One whole cell of a sweep. */
async function cell({ scenario, module }: CellTask): Promise<SummaryRow[]> {
  const { runCell } = await import('./run-cell.js');
  return runCell(scenario, module);
}

/** One scenario's sensitivity analysis. */
async function analysis({ scenario, options }: AnalysisTask): Promise<SensitivityRow[]> {
  const { analyze } = await import('../analysis/analyze.js');
  return analyze(scenario, options);
}

/** Two scenarios, draw by draw. */
async function comparison({ a, b, samples }: ComparisonTask): Promise<Comparison> {
  const { compareScenarios } = await import('../comparison/compare.js');
  return compareScenarios(a, b, { samples });
}

export = { range, cell, analysis, comparison };
