import { InputError } from '../errors.js';
import { OPTIONAL_INPUTS } from '../model/quantities.js';
import { TABLE_KEY } from '../tables/arrow-schema.js';
import { readArrow } from '../tables/read.js';
import { SAMPLED_INPUTS, SAMPLES } from '../tables/schema.js';
import type { Draws } from './analyze-draws.js';

/** The draws that a run kept with `--keep-samples`, and where they came from. */
export interface KeptSamples {
  readonly scenario: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly draws: readonly Draws[];
}

/** Columns that energy is made of; samples of a scenario that states more inputs have columns of these too. */
const REQUIRED = [...SAMPLED_INPUTS, 'tps'] as const;
const ENERGY = 'energy_wh' satisfies (typeof SAMPLES)['columns'][number]['name'];

/**
 * Reads a `samples.arrow`, by model and regime. Memory: the file and as much again.
 *
 * @throws InputError as `readArrow` does, and if it is another table
 */
export async function readSamples(file: string): Promise<KeptSamples> {
  const table = await readArrow(file);
  const metadata = Object.fromEntries(table.schema.metadata);
  const column = (name: string) => table.getChild(name) ?? refuse(file, `lacks the column ${name}; repeat the run`);
  if (metadata[TABLE_KEY] !== SAMPLES.name)
    refuse(file, `holds the table ${metadata[TABLE_KEY]}; give the samples.arrow of a run with --keep-samples`);
  const [regimes, models] = ['regime', 'model'].map((name) => [...column(name)] as string[]);
  const subjects = new Map<string, number[]>();
  regimes.forEach((regime, row) => {
    const key = JSON.stringify([regime, models[row]]);
    const rows = subjects.get(key) ?? [];
    if (rows.push(row) === 1) subjects.set(key, rows);
  });
  const inputNames = [...REQUIRED, ...OPTIONAL_INPUTS.filter((name) => table.getChild(name) !== null)];
  const numbers = new Map([...inputNames, ENERGY].map((name) => [name, column(name).toArray() as Float64Array]));
  const draws = [...subjects.values()].map((rows): Draws => {
    const own = (name: (typeof inputNames)[number] | typeof ENERGY) => {
      const all = numbers.get(name)!;
      return Float64Array.from(rows, (row) => all[row]);
    };
    const inputs = new Map(inputNames.map((name) => [name, own(name)]));
    return { regime: regimes[rows[0]], model: models[rows[0]], inputs, energyWh: own(ENERGY) };
  });
  return { scenario: metadata['tokenjoule.scenario'] ?? '', metadata, draws };
}

function refuse(file: string, message: string): never {
  throw new InputError([{ file, key: '', message }]);
}
