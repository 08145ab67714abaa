import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { InputError } from '../errors.js';
import { FileError, readRegularFileSync } from '../regular-file.js';
import { scenarioFromText } from './from-text.js';
import type { Overrides } from './overrides.js';
import type { ResolvedScenario } from './resolved.js';
import type { ScenarioSource } from './source.js';
import { type ResolvedCell, type ResolvedSweep, sweepFromText } from './sweep-from-text.js';
import { textOfBytes } from './text-of-bytes.js';

// Needs Node, and is the only file of this folder that reads disk.

const MAX_SCENARIO_BYTES = 2 ** 20;
const MAX_DATASET_BYTES = 2 ** 24;

/**
 * Reads a scenario file and the dataset it names, and resolves the two.
 *
 * @param file path of the scenario, YAML or JSON; a dataset's path starts at its folder
 * @throws InputError with all problems found
 */
export async function loadScenario(file: string, overrides: Overrides = {}): Promise<ResolvedScenario> {
  return (await loadWithSource(file, overrides)).scenario;
}

/** The same, with what it was made from, to be sent elsewhere. */
export async function loadWithSource(
  file: string,
  overrides: Overrides = {},
): Promise<{ scenario: ResolvedScenario; source: ScenarioSource }> {
  const text = await readText(file);
  const { read, datasets } = rememberingReader(file);
  const scenario = await scenarioFromText(text, file, read, overrides);
  return { scenario, source: { file, text, overrides, datasets } };
}

/** Reads datasets and keeps what it has read as it is sent elsewhere. */
function rememberingReader(file: string) {
  const datasets: Record<string, { name: string; base64: string }> = {};
  const read = async (dataset: string, refuse: Refuse) => {
    const { name, bytes } = await readDataset(file, dataset, refuse);
    datasets[dataset] = { name, base64: Buffer.from(bytes).toString('base64') };
    return { name, bytes };
  };
  return { read, datasets };
}

/**
 * The same with the file's `sweep` block and sweep options: the scenario of every cell.
 *
 * @param limit cells allowed, over the file's
 * @throws InputError with all problems found
 */
export async function loadSweep(file: string, overrides: Overrides = {}, limit?: number): Promise<ResolvedSweep> {
  const text = await readText(file);
  return sweepFromText(text, file, (dataset, refuse) => readDataset(file, dataset, refuse), overrides, limit);
}

/** The same, with what each cell was made from, to be sent elsewhere. */
export async function loadSweepWithSources(
  file: string,
  overrides: Overrides = {},
  limit?: number,
): Promise<{ sweep: ResolvedSweep; sourceOf: (cell: ResolvedCell) => ScenarioSource }> {
  const { read, datasets } = rememberingReader(file);
  const sweep = await sweepFromText(await readText(file), file, read, overrides, limit);
  const datasetsOf = (name: string | undefined) => (name === undefined ? {} : { [name]: datasets[name] });
  // JSON is YAML, and says each number exactly.
  const sourceOf = ({ scenario, written }: ResolvedCell) => ({
    file,
    text: JSON.stringify(written),
    overrides: {},
    datasets: datasetsOf(scenario.dataset?.file),
  });
  return { sweep, sourceOf };
}

async function readText(file: string): Promise<string> {
  const refuse: Refuse = (message) => {
    throw new InputError([{ file, key: '', message }]);
  };
  return decoded(readBytes(file, MAX_SCENARIO_BYTES, refuse), refuse);
}

type Refuse = (message: string) => never;

/** The beginning of an address: https://, s3://, data:, but not C:\\, which is a folder. */
const ADDRESS = /^([a-z][a-z0-9+.-]+):/i;

async function readDataset(scenarioFile: string, dataset: string, refuse: Refuse) {
  const [, scheme] = ADDRESS.exec(dataset) ?? [];
  if (scheme !== undefined && !existsSync(join(dirname(scenarioFile), dataset)))
    refuse(`${dataset} is an address (${scheme}:), and only files are read; fetch it and name the file`);
  const name = isAbsolute(dataset) ? dataset : join(dirname(scenarioFile), dataset);
  return {
    name,
    bytes: readBytes(name, MAX_DATASET_BYTES, (message) => refuse(`${name}: ${message}${backslashHint(dataset)}`)),
  };
}

function backslashHint(path: string): string {
  return path.includes('\\') && sep === '/' ? '; folders are divided by /' : '';
}

function readBytes(file: string, maxBytes: number, refuse: Refuse): Uint8Array {
  try {
    return readRegularFileSync(file, maxBytes);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return refuse(error.message);
  }
}

function decoded(bytes: Uint8Array, refuse: Refuse): string {
  const read = textOfBytes(bytes, 'YAML or JSON');
  return 'text' in read ? read.text : refuse(read.instead);
}
