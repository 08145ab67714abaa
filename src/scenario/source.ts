import type { DatasetFile } from './dataset/dataset.js';
import { scenarioFromText } from './from-text.js';
import type { Overrides } from './overrides.js';
import type { ResolvedScenario } from './resolved.js';
import { arrowOfParquet } from './trace/arrow-of-parquet.js';

/**
 * A scenario as it was written, with the datasets it names: plain data to send to another machine or keep in a file. Whoever
 * gets it reads it through all the checks that a file goes through, and reads no path.
 */
export interface ScenarioSource {
  /** Name of the scenario file in problems. */
  readonly file: string;
  readonly text: string;
  readonly overrides: Overrides;
  /** Datasets by the name that the scenario gives them; bytes in base 64. */
  readonly datasets: Readonly<Record<string, { readonly name: string; readonly base64: string }>>;
}

/** @throws InputError with all problems found, as for a file */
export function scenarioFromSource({ file, text, overrides, datasets }: ScenarioSource): Promise<ResolvedScenario> {
  const read = async (dataset: string, refuse: (message: string) => never): Promise<DatasetFile> => {
    const found = Object.hasOwn(datasets, dataset) ? datasets[dataset] : refuse('the dataset was not sent along');
    return {
      name: found.name,
      arrowOfParquet,
      bytes: Uint8Array.from(atob(found.base64), (char) => char.charCodeAt(0)),
    };
  };
  return scenarioFromText(text, file, read, overrides);
}
