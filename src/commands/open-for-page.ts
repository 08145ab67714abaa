import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../errors.js';
import type { Opened, PageData } from '../explorer/opened.js';
import { pageDataText } from '../explorer/page-data.js';
import { readManifest } from '../report/read-manifest.js';
import { type Manifest, scenarioHash } from '../result/manifest.js';
import { shippedDataset } from '../scenario/dataset/shipped.js';
import { loadWithSource } from '../scenario/load.js';
import type { ScenarioSource } from '../scenario/source.js';
import { engineVersion } from '../version.js';

/** Tables of more bytes are not handed on with the scenarios that a page saves. */
const MOST_TABLE = 200_000;

/**
 * A scenario file, or the folder of a finished run, as the what-if page takes it (this file needs Node).
 *
 * @param origin `shipped` for those that come with the page
 * @throws InputError with all problems of a scenario, or for a folder that holds no run
 */
export async function openForPage(path: string, origin: 'shipped' | 'file' = 'file'): Promise<Opened> {
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  return isFolder ? ofRun(path) : ofFile(path, origin);
}

/** The data of a page of some scenarios, as text. @param compared whether the second is shown beside the first */
export function pageTextOf(opened: readonly Opened[], compared: boolean): string {
  const data: PageData = { version: engineVersion(), scenarios: withOwnNames(opened), compared };
  return pageDataText(data);
}

async function ofFile(path: string, origin: 'shipped' | 'file'): Promise<Opened> {
  const { scenario, source } = await loadWithSource(path);
  const { name } = scenario;
  return { name, origin, hash: scenarioHash(scenario), scenario, text: source.text, datasets: tablesOf(source) };
}

/** A run's scenario is in its manifest; its file is taken along where it still says the same. */
async function ofRun(folder: string): Promise<Opened> {
  const names = await readdir(folder);
  if (!names.includes('manifest.json'))
    fail(folder, 'holds no manifest.json; give the folder of one run, e.g. output/oviedo-2026');
  const manifest = await readManifest(join(folder, 'manifest.json'));
  const file = await fileOf(manifest);
  if (file !== undefined) return { ...file, origin: 'run' };
  const { scenario, scenario_hash: hash } = manifest;
  const traced = JSON.stringify(scenario).includes('"family":"recorded"');
  if (traced)
    fail(
      folder,
      'was drawn from a file that its scenario names, which is not where the run found it; give the scenario’s file',
    );
  return { name: scenario.name, origin: 'run', hash, scenario, datasets: {} };
}

/** The file of a run; undefined where it is gone, or the same no more, or a flag said something over it. */
async function fileOf({ written, scenario_hash, asked_hash }: Manifest): Promise<Opened | undefined> {
  if (written === undefined || written.set.length > 0) return undefined;
  const opened = await ofFile(written.file, 'file').catch((error: unknown) => {
    if (error instanceof InputError) return undefined;
    throw error;
  });
  return opened && [scenario_hash, asked_hash].includes(opened.hash) ? opened : undefined;
}

function tablesOf({ datasets }: ScenarioSource): Record<string, string> {
  const small = Object.entries(datasets).flatMap(([name, { base64 }]) => {
    const bytes = Buffer.from(base64, 'base64');
    // What ships by name is wherever tokenjoule is.
    const isText = bytes.length <= MOST_TABLE && !bytes.includes(0) && shippedDataset(name) === undefined;
    return isText ? [[name, bytes.toString('utf8')] as const] : [];
  });
  return Object.fromEntries(small);
}

/** Two files may name their scenarios alike: the second is then called after its place as well. */
function withOwnNames(opened: readonly Opened[]): Opened[] {
  const times = new Map<string, number>();
  return opened.map((one) => {
    const time = (times.get(one.name) ?? 0) + 1;
    times.set(one.name, time);
    return time === 1 ? one : { ...one, name: `${basename(one.name)} (${time})` };
  });
}

function fail(file: string, message: string): never {
  throw new InputError([{ file, key: '', message }]);
}
