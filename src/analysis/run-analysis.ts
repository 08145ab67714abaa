import { join } from 'node:path';
import { tableMetadata } from '../result/manifest.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Metadata } from '../tables/arrow-schema.js';
import { LABEL_KEY, labelOf } from '../tables/earlier.js';
import { checkWritable, writeFiles } from '../tables/output-folder.js';
import { baseOf, earlierOptions, type NamedResult } from '../tables/result-name.js';
import type { SummaryRow } from '../tables/schema.js';
import { SENSITIVITY, type SensitivityRow } from '../tables/studies.js';
import { encodeTable } from '../tables/write.js';
import { type AnalyzeOptions, analyze } from './analyze.js';
import { analyzeDraws } from './analyze-draws.js';
import { levelsOf } from './levels.js';
import { readSamples } from './read-samples.js';

/** Where an analysis is written, besides how it is done. */
export interface RunAnalysisOptions extends AnalyzeOptions, NamedResult {
  /** The table goes to a folder named after the scenario in this one. */
  readonly out: string;
}

/** What an analysis of one scenario found and wrote. */
export interface AnalysisReport {
  readonly scenario: Pick<ResolvedScenario, 'name' | 'seed'>;
  readonly folder: string;
  /** Name of the table's file. */
  readonly file: string;
  readonly rows: readonly SensitivityRow[];
  /** Medians and means of what was analysed, of a few draws; absent for the draws of a run, whose summary has them. */
  readonly levels?: readonly SummaryRow[];
}

/**
 * Analyses one resolved scenario and writes `sensitivity.arrow`, or the same with a name of its own; needs Node.
 *
 * @throws InputError if the folder cannot be written; as `analyze`
 */
export async function runAnalysis(scenario: ResolvedScenario, options: RunAnalysisOptions): Promise<AnalysisReport> {
  const { out, name, tell, ...question } = options;
  const folder = join(out, scenario.name);
  await checkWritable(folder);
  // The question goes to threads, which take data alone.
  const rows = await analyze(scenario, question);
  const levels = await levelsOf(scenario, question);
  const file = await writeSensitivity(folder, rows, tableMetadata(scenario), options);
  return { scenario, folder, file, rows, levels };
}

/**
 * The same from the draws of a run, a `samples.arrow`; `sensitivity.arrow` says what that file says of its origin.
 *
 * @throws InputError if the file cannot be read or the folder not be written; as `analyzeDraws`
 */
export async function runDrawsAnalysis(file: string, options: RunAnalysisOptions): Promise<AnalysisReport> {
  const { metadata, scenario: name, draws } = await readSamples(file);
  const folder = join(options.out, name);
  await checkWritable(folder);
  const seed = metadata['tokenjoule.seed'] ?? '';
  const rows = analyzeDraws(name, draws, { ...options, seed });
  const origin = Object.entries(metadata).filter(([key]) => ORIGIN.has(key));
  const written = await writeSensitivity(folder, rows, Object.fromEntries(origin), options);
  return { scenario: { name, seed }, folder, file: written, rows };
}

/** What `tableMetadata` says. */
const ORIGIN: ReadonlySet<string> = new Set(
  ['engine_version', 'scenario', 'scenario_hash', 'seed'].map((name) => `tokenjoule.${name}`),
);

async function writeSensitivity(
  folder: string,
  rows: readonly SensitivityRow[],
  metadata: Metadata,
  options: RunAnalysisOptions,
): Promise<string> {
  const base = baseOf(SENSITIVITY.name, options.name);
  const file = `${base}.arrow`;
  const content = await encodeTable(SENSITIVITY, rows, { ...metadata, [LABEL_KEY]: labelOf([options.method]) });
  const earlier = earlierOptions([base], options);
  await writeFiles(folder, [{ name: file, content }], { ...earlier, signal: options.signal });
  return file;
}
