// The public surface, by name; test/public-api.test.ts pins it. What needs no Node is in browser.ts.
export * from './browser.js';
export type { Manifest } from './manifest.js';
export { type RunOptions, type RunReport, runScenario } from './run.js';
export { loadScenario } from './scenario/load.js';
export { type SimulateOptions, simulate } from './simulate-on-threads.js';
export type { WrittenFile } from './tables/output-folder.js';
export { type ReadTable, readArrow, readTable } from './tables/read.js';
export { FLEET, FORMAT_VERSION, HISTOGRAM, INPUTS, SAMPLES, SUMMARY, TABLES, THROUGHPUT } from './tables/schema.js';
export { engineVersion } from './version.js';
export { openPool } from './workers/open-pool.js';
export type { Pool } from './workers/pool.js';
