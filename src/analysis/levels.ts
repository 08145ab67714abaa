import { ENERGY_PER_DAY } from '../model/energy-per-day.js';
import { BASELINE } from '../model/pathway.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { CELLS_JOB } from '../simulate/cells-job.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import type { SummaryRow } from '../tables/schema.js';
import { jobsHere } from '../workers/jobs.js';
import type { AnalyzeOptions } from './analyze.js';

/** Draws a model that levels are told by, of queries and of a fleet's day: means are known to about 1 %, in 95 % of cases. */
export const LEVEL_DRAWS = 2 ** 16;

/**
 * Median and mean of what an analysis is of, by the first formula: of every model and untrimmed blend without pathways, and of energy the
 * days of a fleet without improvements. A share of a variance says nothing without them.
 */
export async function levelsOf(
  scenario: ResolvedScenario,
  { jobs = jobsHere, signal = new AbortController().signal, metric = 'energy' }: AnalyzeOptions,
): Promise<readonly SummaryRow[]> {
  const { sampler: _sampler, precision: _precision, uncertainty: _uncertainty, expect: _expect, ...rest } = scenario;
  const drawn = { ...rest, pathways: [], non_production: [], samples: LEVEL_DRAWS };
  const [[rows]] = await jobs.all(CELLS_JOB, [{ scenarios: [drawn] }], signal, () => {});
  const isLevel = (row: SummaryRow) => row.metric === metric && row.pathway === BASELINE && row.trim === 'none';
  const isDay = (row: SummaryRow) => metric === 'energy' && row.metric === ENERGY_PER_DAY && row.pathway === 'none';
  return ofFirstFormula(rows).filter((row) => isLevel(row) || isDay(row));
}
