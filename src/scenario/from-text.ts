import { InputError } from '../errors.js';
import type { Dataset, ReadDataset } from './dataset/dataset.js';
import { parseDataset } from './dataset/parse-dataset.js';
import { readingOf } from './dataset/shipped.js';
import type { Overrides } from './overrides.js';
import { orThrow, type ParsedScenario, parseScenario } from './parse-scenario.js';
import { resolveScenario } from './resolve/resolve.js';
import type { ResolvedScenario } from './resolved.js';
import { recordReader } from './trace/load-records.js';

/**
 * A resolved scenario from text, without disk: in a browser `readDataset` may hand out bytes that it has or fetches.
 *
 * @param text the scenario, YAML or JSON
 * @param file name of the scenario in problems
 * @throws InputError with all problems of the scenario by itself, else all of its dataset, else all of the two together
 */
export async function scenarioFromText(
  text: string,
  file: string,
  readDataset: ReadDataset,
  overrides: Overrides = {},
): Promise<ResolvedScenario> {
  const parsed = await parseScenario(text, file, overrides);
  const dataset = await datasetOf(parsed, readDataset);
  const { scenario, ...records } = await recordReader(readDataset)(parsed);
  return orThrow(parsed.problemAt, (complain) => resolveScenario(scenario, dataset, complain, records));
}

/** The dataset that a scenario names; undefined where it names none. @throws InputError with all problems of the dataset */
export async function datasetOf(
  { scenario, problemAt }: Pick<ParsedScenario, 'scenario' | 'problemAt'>,
  readDataset: ReadDataset,
): Promise<Dataset | undefined> {
  if (scenario.throughput?.dataset === undefined) return undefined;
  const { dataset, columns, where, per, gpus_per_node } = scenario.throughput;
  const refuse = (message: string) => {
    throw new InputError([problemAt(['throughput', 'dataset'], message)]);
  };
  // The number format is chosen by model, and for ways of serving outside production.
  const { quantization: _, ...chosen } = where ?? {};
  const reading = { per, gpus_per_node, ...(columns && { columns }), ...(where && { where: chosen }) };
  return parseDataset(dataset, await readDataset(dataset, refuse), readingOf(dataset, reading));
}
