import type { Passes } from '../../plan/stages.js';
import type { ResolvedScenario } from '../../scenario/resolved.js';
import type { SummaryRow } from '../../tables/schema.js';
import { fleetDays } from '../fleet-days.js';
import { seriesOf } from '../series.js';
import { dayRows } from './day.js';
import { seriesStatistics, summaryRows } from './summary.js';

/** What a sweep keeps of a cell: its summary, then the days of its fleet. A world is asked for its queries alone. */
export function cellRows(
  scenario: ResolvedScenario,
  passes: Passes,
  statistics: ReturnType<typeof seriesStatistics> = seriesStatistics(scenario.quantiles),
): SummaryRow[] {
  const { name, samples, world } = scenario;
  const queries = summaryRows(name, seriesOf(passes), statistics);
  const days = world ? [] : fleetDays({ scenario, ...passes });
  return [...queries, ...dayRows(name, days, samples)];
}
