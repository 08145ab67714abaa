import { keyText, type Path, type Problem } from '../errors.js';
import type { Dataset } from '../scenario/dataset/dataset.js';
import { orThrow } from '../scenario/parse-scenario.js';
import { resolveScenario } from '../scenario/resolve/resolve.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { validateScenario } from '../scenario/validate.js';

/**
 * A resolved scenario from plain data and a dataset that has been read: a slider's move then parses neither YAML nor CSV.
 *
 * @throws InputError with all problems
 */
export async function scenarioFromData(data: unknown, dataset: Dataset): Promise<ResolvedScenario> {
  const problemAt = (path: Path, message: string): Problem => ({ file: 'scenario', key: keyText(path), message });
  const scenario = await orThrow(problemAt, (complain) => validateScenario(data, complain));
  return orThrow(problemAt, (complain) =>
    resolveScenario(scenario, scenario.throughput?.dataset === undefined ? undefined : dataset, complain),
  );
}
