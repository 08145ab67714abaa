import type { Aliases } from '../model/catalogue/aliases.js';
import type { CsvRecord } from '../model/throughput/pool/configurations.js';

/** What is known of models and accelerators, each by its canonical name. */
export interface Catalogue {
  readonly models: readonly CsvRecord[];
  readonly hardware: readonly CsvRecord[];
  readonly aliases: Aliases;
}

/** The row of a model; undefined where the table has none. */
export function modelOf({ models }: Catalogue, name: string): CsvRecord | undefined {
  return models.find(({ model }) => model === name);
}

/** The row of an accelerator; undefined where the table has none. */
export function hardwareOf({ hardware }: Catalogue, name: string): CsvRecord | undefined {
  return hardware.find(({ accelerator }) => accelerator === name);
}
