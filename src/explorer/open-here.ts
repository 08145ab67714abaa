import { InputError } from '../errors.js';
import type { ReadDataset } from '../scenario/dataset/dataset.js';
import { sha256Of } from '../scenario/dataset/sha256.js';
import type { Opened } from './opened.js';

// Late, for files alone: who moves sliders needs no parser.

/** What scenario files are called; all else that is picked are tables. */
const SCENARIO = /\.(ya?ml|json)$/i;

/** Tables beyond this are not handed on with a saved scenario. */
const MOST_TEXT = 200_000;

/**
 * Scenario files that somebody has picked, with the tables picked beside them.
 *
 * @throws InputError with all problems, as the command line has them
 */
export async function openHere(files: readonly File[]): Promise<Opened[]> {
  const [scenarios, tables] = [true, false].map((wanted) => files.filter(({ name }) => SCENARIO.test(name) === wanted));
  if (scenarios.length === 0)
    throw new InputError([
      { file: files[0]?.name ?? '', key: '', message: 'is no scenario: pick a YAML or JSON file' },
    ]);
  return Promise.all(scenarios.map((file) => openOne(file, tables)));
}

async function openOne(file: File, tables: readonly File[]): Promise<Opened> {
  const { scenarioFromText } = await import('../scenario/from-text.js');
  const text = await file.text();
  const scenario = await scenarioFromText(text, file.name, readerOf(tables));
  const small = tables.filter(({ size }) => size <= MOST_TEXT);
  const datasets = await Promise.all(small.map(async (table) => [table.name, await table.text()] as const));
  const hash = await sha256Of(new TextEncoder().encode(JSON.stringify(scenario)));
  return { name: scenario.name, origin: 'file', hash, scenario, text, datasets: Object.fromEntries(datasets) };
}

function readerOf(tables: readonly File[]): ReadDataset {
  return async (dataset, refuse) => {
    const base = dataset.split(/[/\\]/).at(-1) ?? dataset;
    const found = tables.find(({ name }) => name === base || name === dataset);
    if (found === undefined) return refuse(`${dataset} is not here: pick ${base} together with the scenario`);
    return { name: dataset, bytes: new Uint8Array(await found.arrayBuffer()) };
  };
}
