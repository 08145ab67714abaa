// What runs without Node: scenarios from text, the engine in the calling thread, the formulas and the distributions.
export { type CompiledDistribution, compileDistribution } from './distributions/compile.js';
export type { Distribution } from './distributions/index.js';
export { parseDistribution } from './distributions/parse.js';
export { distributionText } from './distributions/text.js';
export { InputError, type Problem, RunError } from './errors.js';
export { type KernelChoice, loadKernel } from './kernel/load.js';
export type { KernelModule } from './kernel/web-assembly.js';
export { effectiveTokens, energyWh, type QueryDraw } from './model/energy.js';
export { fleetGwhPerDay } from './model/fleet.js';
export { coupledPowerUtilization } from './model/power.js';
export {
  type FittedThroughput,
  fitThroughput,
  type GivenThroughput,
  type Throughput,
  type ThroughputRow as MeasuredThroughput,
  tpsAt,
} from './model/throughput.js';
export { type FleetDay, fleetDays, type Result, type Series, seriesOf } from './result.js';
export { type RunTables, tablesOf } from './rows/tables.js';
export { scenarioFromText } from './scenario/from-text.js';
export { scenarioJsonSchema } from './scenario/json-schema.js';
export type { ResolvedModel, ResolvedRegime, ResolvedScenario } from './scenario/resolved.js';
export { type EngineOptions, simulateHere } from './simulate.js';
export { Histogram, type HistogramData } from './sketch/histogram.js';
export { quantiles, type Statistics, statisticsOf } from './sketch/statistics.js';
export type { FleetRow, HistogramRow, InputsRow, SampleRow, SummaryRow, ThroughputRow } from './tables/schema.js';
