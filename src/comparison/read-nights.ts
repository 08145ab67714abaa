import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../errors.js';
import type { FileError } from '../regular-file.js';
import { isManifest, MANIFEST, type Manifest } from '../result/manifest.js';
import { readRowsOf } from '../tables/read.js';
import { readJson } from '../tables/read-json.js';
import { FLEET, SUMMARY } from '../tables/schema.js';
import type { Night, NightRun } from './trend.js';

/**
 * The nights in a folder (this file needs Node): each of its folders that holds folders of runs, in the order of their names, numbers
 * in them by value. Tables that an earlier night holds with the same bytes are read once.
 *
 * @throws InputError for a folder without nights, and for a run that is damaged
 */
export async function readNights(folder: string): Promise<Night[]> {
  const known = new Map<string, Promise<NightRun>>();
  const nights: Night[] = [];
  for (const name of await foldersIn(folder)) {
    const runs = await readNight(join(folder, name), known);
    if (runs.size > 0) nights.push({ name, runs });
  }
  if (nights.length > 0) return nights;
  return fail(folder, 'holds no nights: folders with a folder for each scenario, as run --out DIR/<night> writes them');
}

/** The runs in one folder by their names; of the folder alone, where it is that of a run. */
export async function readNight(
  folder: string,
  known = new Map<string, Promise<NightRun>>(),
): Promise<ReadonlyMap<string, NightRun>> {
  const names = await foldersIn(folder);
  const runs = await Promise.all(names.map(async (name) => [name, await runIn(join(folder, name), known)] as const));
  return new Map(runs.flatMap(([name, run]) => (run ? [[name, run] as const] : [])));
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'does not exist' : 'cannot be read as a folder';
    return fail(folder, `${reason}; give the folder that holds a folder for each night`);
  });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const { compare } = new Intl.Collator('en', { numeric: true });
  return folders.map(({ name }) => name).sort(compare);
}

async function runIn(folder: string, known: Map<string, Promise<NightRun>>): Promise<NightRun | undefined> {
  const manifest = await readJson(join(folder, MANIFEST)).catch((error: FileError) =>
    error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : fail(folder, error.message),
  );
  if (manifest === undefined) return undefined;
  if (!isManifest(manifest)) return fail(join(folder, MANIFEST), 'is not a manifest that tokenjoule wrote');
  const key = JSON.stringify([basename(folder), manifest.engine_version, manifest.scenario_hash, hashesOf(manifest)]);
  const read = known.get(key) ?? readRun(folder, manifest);
  known.set(key, read);
  return read;
}

function hashesOf({ files }: Manifest): string[] {
  return files.filter(({ name }) => TABLES.includes(name)).map(({ sha256 }) => sha256);
}

const TABLES: readonly string[] = [SUMMARY, FLEET].map(({ name }) => `${name}.arrow`);

async function readRun(folder: string, { engine_version, scenario }: Manifest): Promise<NightRun> {
  const [summary, fleet] = await Promise.all([
    readRowsOf(join(folder, `${SUMMARY.name}.arrow`), SUMMARY),
    readRowsOf(join(folder, `${FLEET.name}.arrow`), FLEET),
  ]);
  return { origin: { engine_version, scenario }, summary, fleet };
}

function fail(file: string, message: string): never {
  throw new InputError([{ file, key: '', message }]);
}
