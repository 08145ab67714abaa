import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { InputError } from '../errors.js';
import { scenarioFromText } from './from-text.js';
import type { Overrides } from './overrides.js';
import type { ResolvedScenario } from './resolved.js';
import type { ScenarioSource } from './source.js';
import { type ResolvedCell, type ResolvedSweep, sweepFromText } from './sweep-from-text.js';
import { textOfBytes } from './text-of-bytes.js';

// Needs Node, and is the only file of this folder that reads disk.

const MAX_SCENARIO_MIB = 1;
const MAX_DATASET_MIB = 16;
const BYTES_PER_MIB = 2 ** 20;

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
  return decoded(await readBytes(file, MAX_SCENARIO_MIB, refuse), refuse);
}

type Refuse = (message: string) => never;

/** The beginning of an address: https://, s3://, data:, but not C:\\, which is a folder. */
const ADDRESS = /^([a-z][a-z0-9+.-]+):/i;

async function readDataset(scenarioFile: string, dataset: string, refuse: Refuse) {
  const [, scheme] = ADDRESS.exec(dataset) ?? [];
  if (scheme !== undefined && !existsSync(join(dirname(scenarioFile), dataset)))
    refuse(`${dataset} is an address (${scheme}:), and only files are read; fetch it and name the file`);
  const name = isAbsolute(dataset) ? dataset : join(dirname(scenarioFile), dataset);
  return { name, bytes: await readBytes(name, MAX_DATASET_MIB, (message) => refuse(`${name}: ${message}`)) };
}

/** The bytes of a regular file that is not too large; its size is looked up before anything is read. */
async function readBytes(file: string, maxMib: number, refuse: Refuse): Promise<Uint8Array> {
  const unreadable = (error: NodeJS.ErrnoException) => refuse(reasonOf(error));
  const stats = await stat(file).catch(unreadable);
  if (stats.isDirectory()) refuse('is a directory; expected a file');
  if (!stats.isFile()) refuse('is not a regular file');
  if (stats.size > maxMib * BYTES_PER_MIB) refuse(`is too large: ${mib(stats.size)} MiB, at most ${maxMib} allowed`);
  return readFile(file).catch(unreadable);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file: a part of its path is a file, not a directory',
  EACCES: 'cannot be read: permission denied',
  ENAMETOOLONG: 'no such file: the name is too long',
};

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return REASONS[code ?? ''] ?? `cannot be read: ${message}`;
}

function mib(bytes: number): string {
  return (bytes / BYTES_PER_MIB).toFixed(1);
}

function decoded(bytes: Uint8Array, refuse: Refuse): string {
  const read = textOfBytes(bytes, 'YAML or JSON');
  return 'text' in read ? read.text : refuse(read.instead);
}
