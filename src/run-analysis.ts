import { join } from 'node:path';
import { type AnalyzeOptions, analyze } from './analysis/analyze.js';
import { tableMetadata } from './manifest.js';
import type { ResolvedScenario } from './scenario/resolved.js';
import { checkWritable, writeFiles } from './tables/output-folder.js';
import { SENSITIVITY, type SensitivityRow } from './tables/schema.js';
import { encodeTable } from './tables/write.js';

/** Where an analysis is written, besides how it is done. */
export interface RunAnalysisOptions extends AnalyzeOptions {
  /** The table goes to a folder named after the scenario in this one. */
  readonly out: string;
}

/** What an analysis of one scenario found and wrote. */
export interface AnalysisReport {
  readonly scenario: ResolvedScenario;
  readonly folder: string;
  readonly rows: readonly SensitivityRow[];
}

/**
 * Analyses one resolved scenario and writes `sensitivity.arrow`; needs Node.
 *
 * @throws InputError if the folder cannot be written; as `analyze`
 */
export async function runAnalysis(scenario: ResolvedScenario, options: RunAnalysisOptions): Promise<AnalysisReport> {
  const folder = join(options.out, scenario.name);
  await checkWritable(folder);
  const rows = await analyze(scenario, options);
  const content = await encodeTable(SENSITIVITY, rows, tableMetadata(scenario));
  await writeFiles(folder, [{ name: 'sensitivity.arrow', content }], options.signal);
  return { scenario, folder, rows };
}
