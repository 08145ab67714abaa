import type { LoadRow } from '../../tables/load-hours.js';
import type { FleetRow, HistogramRow, InputsRow, SummaryRow, ThroughputRow } from '../../tables/schema.js';
import type { ServiceLevelRow } from '../../tables/service-level.js';
import type { Result } from '../result.js';
import { seriesOf } from '../series.js';
import { fleetRows } from './fleet.js';
import { histogramRows } from './histogram.js';
import { inputRows } from './inputs.js';
import { loadRows } from './load.js';
import { serviceLevelRows } from './service-level.js';
import { seriesStatistics, summaryRows } from './summary.js';
import { throughputRows } from './throughput.js';

/** The rows of every table of a run. */
export interface RunTables {
  readonly summary: readonly SummaryRow[];
  readonly histogram: readonly HistogramRow[];
  readonly throughput: readonly ThroughputRow[];
  readonly fleet: readonly FleetRow[];
  readonly inputs: readonly InputsRow[];
  /** None where the scenario states no load. */
  readonly load: readonly LoadRow[];
  /** None where the scenario states no limit. */
  readonly service_level: readonly ServiceLevelRow[];
}

/** The rows of every table of a result. */
export async function tablesOf(result: Result): Promise<RunTables> {
  const { name, quantiles } = result.scenario;
  const series = seriesOf(result);
  return {
    summary: summaryRows(name, series, seriesStatistics(quantiles)),
    histogram: histogramRows(name, series),
    throughput: throughputRows(result),
    fleet: fleetRows(result),
    inputs: await inputRows(result),
    load: await loadRows(result),
    service_level: await serviceLevelRows(result.scenario, result.models),
  };
}
