import { BASELINE } from '../model/pathway.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { CELLS_JOB } from '../simulate/cells-job.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import type { SummaryRow } from '../tables/schema.js';
import { jobsHere } from '../workers/jobs.js';
import type { AnalyzeOptions } from './analyze.js';

/** Draws that a median and a mean are told by: both are known to about 1 %. */
const DRAWS = 16_384;

/**
 * Median and mean of what an analysis is of: of every model and untrimmed blend without pathways, by the first formula. A share of a
 * variance says nothing without them.
 */
export async function levelsOf(
  scenario: ResolvedScenario,
  { jobs = jobsHere, signal = new AbortController().signal, metric = 'energy' }: AnalyzeOptions,
): Promise<readonly SummaryRow[]> {
  const { sampler: _sampler, precision: _precision, uncertainty: _uncertainty, expect: _expect, ...rest } = scenario;
  const drawn = { ...rest, pathways: [], non_production: [], samples: DRAWS };
  const [[rows]] = await jobs.all(CELLS_JOB, [{ scenarios: [drawn] }], signal, () => {});
  return ofFirstFormula(rows).filter((row) => row.metric === metric && row.pathway === BASELINE && row.trim === 'none');
}
