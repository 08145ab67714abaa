// What runs without Node: scenarios from text, the engine in the calling thread, the formulas and the distributions.
export { type AnalyzeOptions, analyze } from './analysis/analyze.js';
export { METHODS, type Method, type MethodName, type MethodOptions } from './analysis/methods.js';
export { parseTarget, type Target } from './analysis/target.js';
export { type CompareOptions, type Comparison, compareScenarios } from './comparison/compare.js';
export { type CompiledDistribution, compileDistribution } from './distributions/compile.js';
export type { Distribution } from './distributions/index.js';
export { parseDistribution } from './distributions/parse.js';
export { distributionText } from './distributions/text.js';
export { type KernelChoice, loadKernel } from './engine/load-engine.js';
export { InputError, type Problem, RunError } from './errors.js';
export type { KernelModule } from './kernel/wasm/web-assembly.js';
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
} from './model/throughput/throughput.js';
export { copula, scoreCorrelation } from './random/gaussian-copula.js';
export type { PointKind } from './random/points.js';
export { type FleetDay, fleetDays } from './result/fleet-days.js';
export type { Result } from './result/result.js';
export { type RunTables, tablesOf } from './result/rows/tables.js';
export { type Series, seriesOf } from './result/series.js';
export { scenarioFromText } from './scenario/from-text.js';
export { scenarioJsonSchema } from './scenario/json-schema.js';
export type { ResolvedModel, ResolvedRegime, ResolvedScenario } from './scenario/resolved.js';
export type { BootstrapOptions } from './sensitivity/bootstrap.js';
export { ESTIMATORS, type EstimatorName } from './sensitivity/estimators/list.js';
export type { Estimator, Moments } from './sensitivity/estimators/moments.js';
export { type MorrisOptions, morrisEffects } from './sensitivity/morris.js';
export { type PawnOptions, pawnEffects } from './sensitivity/pawn.js';
export type { Effect, OutputEffects, SensitivityProblem } from './sensitivity/problem.js';
export { type RegressionOptions, regressionEffects } from './sensitivity/regression.js';
export { type ShapleyOptions, shapleyEffects } from './sensitivity/shapley.js';
export { shapleyValues } from './sensitivity/shapley-values.js';
export { type SobolOptions, sobolIndices } from './sensitivity/sobol.js';
export { tornado } from './sensitivity/tornado.js';
export { type EngineOptions, simulateHere } from './simulate/simulate.js';
export { Histogram, type HistogramData } from './sketch/histogram.js';
export { quantiles, type Statistics, statisticsOf } from './sketch/statistics.js';
export { energyProblem, type Threshold } from './subjects/energy-problem.js';
export { type Subject, subjectsOf } from './subjects/subjects.js';
export type { FleetRow, HistogramRow, InputsRow, SampleRow, SummaryRow, ThroughputRow } from './tables/schema.js';
export type { AttributionRow, CompareRow, SensitivityRow } from './tables/studies.js';
