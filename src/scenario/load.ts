import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMapping, type Mapping } from '../distributions/written.js';
import { InputError } from '../errors.js';
import { FileError, readRegularFileSync, readStandardInputSync } from '../regular-file.js';
import type { DatasetFile, ReadDataset } from './dataset/dataset.js';
import { type ShippedDataset, shippedDataset, shippedNameOf } from './dataset/shipped.js';
import { scenarioFromText } from './from-text.js';
import type { Overrides } from './overrides.js';
import { parseScenario } from './parse-scenario.js';
import type { ResolvedScenario } from './resolved.js';
import type { ScenarioSource } from './source.js';
import { type ResolvedCell, type ResolvedSweep, sweepFromText } from './sweep-from-text.js';
import { textOfBytes } from './text-of-bytes.js';
import { arrowOfParquet } from './trace/arrow-of-parquet.js';
import { recordedFiles } from './trace/pending-records.js';

// Needs Node, and is the only file of this folder that reads disk.

/** In place of a file's name. */
const STANDARD_INPUT = '-';

const MAX_SCENARIO_BYTES = 2 ** 20;
const MAX_DATASET_BYTES = 2 ** 24;

/**
 * Reads a scenario file and the dataset it names, and resolves the two.
 *
 * @param file path of the scenario, YAML or JSON; a dataset's path starts at its folder. `-` is standard input, and the folder then
 * the working one
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

/** A scenario as plain data, overridden and right by itself: which keys it states. @throws InputError as `loadScenario` */
export async function loadWritten(file: string, overrides: Overrides = {}): Promise<Mapping> {
  const { written } = await parseScenario(await readText(file), file, overrides);
  return isMapping(written) ? written : {};
}

/** Reads datasets and keeps what it has read as it is sent elsewhere. */
function rememberingReader(file: string) {
  const datasets: Record<string, { name: string; base64: string }> = {};
  const read: ReadDataset = async (dataset, refuse, maxBytes) => {
    const content = await readDataset(file, dataset, refuse, maxBytes);
    const { name } = content;
    const bytes = content.bytes.length > MAX_DATASET_BYTES ? undefined : content.bytes;
    datasets[dataset] = {
      name,
      // Few runs are sent elsewhere, and a trace of a million rows need not stay in memory for the others.
      get base64() {
        return Buffer.from(bytes ?? readRegularFileSync(name, maxBytes ?? MAX_DATASET_BYTES)).toString('base64');
      },
    };
    return content;
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
  const read: ReadDataset = (dataset, refuse, maxBytes) => readDataset(file, dataset, refuse, maxBytes);
  return sweepFromText(text, file, read, overrides, limit);
}

/** The same, with what each cell was made from, to be sent elsewhere. */
export async function loadSweepWithSources(
  file: string,
  overrides: Overrides = {},
  limit?: number,
): Promise<{ sweep: ResolvedSweep; sourceOf: (cell: ResolvedCell) => ScenarioSource }> {
  const { read, datasets } = rememberingReader(file);
  const sweep = await sweepFromText(await readText(file), file, read, overrides, limit);
  const datasetsOf = (scenario: ResolvedScenario) => {
    const names = [...(scenario.dataset ? [scenario.dataset.file] : []), ...recordedFiles(scenario)];
    return Object.fromEntries(names.map((name) => [name, datasets[name]]));
  };
  // JSON is YAML, and says each number exactly.
  const sourceOf = ({ scenario, written }: ResolvedCell) => ({
    file,
    text: JSON.stringify(written),
    overrides: {},
    datasets: datasetsOf(scenario),
  });
  return { sweep, sourceOf };
}

async function readText(file: string): Promise<string> {
  const refuse: Refuse = (message) => {
    throw new InputError([{ file, key: '', message }]);
  };
  const read = file === STANDARD_INPUT ? readStandardInputSync : (max: number) => readRegularFileSync(file, max);
  return decoded(
    bytesOr(refuse, () => read(MAX_SCENARIO_BYTES)),
    refuse,
  );
}

type Refuse = (message: string) => never;

/** The beginning of an address: https://, s3://, data:, but not C:\\, which is a folder. */
const ADDRESS = /^([a-z][a-z0-9+.-]+):/i;

async function readDataset(
  scenarioFile: string,
  dataset: string,
  refuse: Refuse,
  maxBytes = MAX_DATASET_BYTES,
): Promise<DatasetFile> {
  const shipped = shippedDataset(dataset);
  if (shipped !== undefined)
    return { name: dataset, arrowOfParquet, bytes: readBytes(pathOf(shipped), maxBytes, refuse) };
  const [, scheme] = ADDRESS.exec(dataset) ?? [];
  if (scheme !== undefined && !existsSync(join(dirname(scenarioFile), dataset)))
    refuse(`${dataset} is an address (${scheme}:), and only files are read; fetch it and name the file`);
  const name = isAbsolute(dataset) ? dataset : join(dirname(scenarioFile), dataset);
  return {
    name,
    arrowOfParquet,
    bytes: readBytes(name, maxBytes, (message) =>
      refuse(`${name}: ${message}${backslashHint(dataset)}${shippedHint(dataset)}`),
    ),
  };
}

/** Where a table stands that came with this program. */
function pathOf({ file }: ShippedDataset): string {
  return fileURLToPath(new URL(`../../scenarios/data/${file}`, import.meta.url));
}

function shippedHint(dataset: string): string {
  const name = shippedNameOf(dataset);
  return name === undefined ? '' : `; dataset: ${name} is the table of this name that ships`;
}

function backslashHint(path: string): string {
  return path.includes('\\') && sep === '/' ? '; folders are divided by /' : '';
}

function readBytes(file: string, maxBytes: number, refuse: Refuse): Uint8Array {
  return bytesOr(refuse, () => readRegularFileSync(file, maxBytes));
}

function bytesOr(refuse: Refuse, read: () => Uint8Array): Uint8Array {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return refuse(error.message);
  }
}

function decoded(bytes: Uint8Array, refuse: Refuse): string {
  const read = textOfBytes(bytes, 'YAML or JSON');
  return 'text' in read ? read.text : refuse(read.instead);
}
