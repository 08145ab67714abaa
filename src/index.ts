// The public surface, by name; test/public-api.test.ts pins it. What needs no Node is in browser.ts.

export { type AnalysisReport, type RunAnalysisOptions, runAnalysis } from './analysis/run-analysis.js';
export * from './browser.js';
export { compareResults } from './comparison/compare-results.js';
export { type Estimate, estimateOf, ratioOf } from './expect/estimate.js';
export { judge, type Reference, type Verdict } from './expect/judge.js';
export type { Manifest } from './result/manifest.js';
export { type RunOptions, type RunReport, runScenario } from './run/run.js';
export { loadScenario, loadSweep } from './scenario/load.js';
export type { ResolvedCell, ResolvedSweep } from './scenario/sweep-from-text.js';
export { type SimulateOptions, simulate } from './simulate/simulate-on-threads.js';
export { simulateSteps } from './simulate/simulate-steps.js';
export { type CellReport, type RunSweepOptions, runSweep, type SweepReport } from './sweep/run-sweep.js';
export type { WrittenFile } from './tables/output-folder.js';
export { type ReadTable, readArrow, readTable } from './tables/read.js';
export { FLEET, FORMAT_VERSION, HISTOGRAM, INPUTS, SAMPLES, SUMMARY, TABLES, THROUGHPUT } from './tables/schema.js';
export { ATTRIBUTION, COMPARE, SENSITIVITY } from './tables/studies.js';
export { UNCERTAINTY, type UncertaintyRow, VARIANCE, type VarianceRow } from './tables/worlds.js';
export { engineVersion } from './version.js';
export { openPool } from './workers/open-pool.js';
export type { Pool } from './workers/pool.js';
