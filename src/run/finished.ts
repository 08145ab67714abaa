import { join } from 'node:path';
import { FORMATS, type Format, filesOf } from '../formats/formats.js';
import { hashRegularFile } from '../regular-file.js';
import { isManifest, MANIFEST, type Manifest, scenarioHash, worldsHash } from '../result/manifest.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Row, Table } from '../tables/columns.js';
import { LOAD } from '../tables/load-hours.js';
import type { WrittenFile } from '../tables/output-folder.js';
import { readRowsOf } from '../tables/read.js';
import { readJson } from '../tables/read-json.js';
import { FLEET, HISTOGRAM, INPUTS, SAMPLES, SUMMARY, THROUGHPUT } from '../tables/schema.js';
import { SERVICE_LEVEL } from '../tables/service-level.js';
import { UNCERTAINTY, VARIANCE } from '../tables/worlds.js';
import { engineVersion } from '../version.js';
import type { RunReport } from './run.js';

/** What a result must be for a run to leave it as it is, besides being the same scenario's by the same version. */
export interface Wanted {
  readonly kernel: string;
  readonly formats: ReadonlySet<Format>;
  readonly keepSamples: boolean;
  readonly histogram: boolean;
}

/**
 * The whole result of `scenario` that stands in `folder` already (this file needs Node): of the same scenario, dataset, version of
 * the engine and kernel, in the files that are wanted, each with the bytes that its manifest says. Undefined where anything
 * differs or is damaged: the run is then to be made.
 */
export async function finishedRun(
  folder: string,
  scenario: ResolvedScenario,
  wanted: Wanted,
): Promise<RunReport | undefined> {
  const manifest = await manifestIn(folder);
  if (manifest === undefined || !isSame(manifest, scenario, wanted)) return undefined;
  const { files, seconds, notes } = manifest;
  if (!(await areWhole(folder, files))) return undefined;
  const { expect } = scenario;
  return {
    scenario: { ...manifest.scenario, ...(expect && { expect }) },
    folder,
    tables: await readTables(folder, files),
    notes,
    files,
    seconds,
  };
}

async function manifestIn(folder: string): Promise<Manifest | undefined> {
  const manifest = await readJson(join(folder, MANIFEST)).catch(() => undefined);
  return isManifest(manifest) ? manifest : undefined;
}

function isSame(manifest: Manifest, scenario: ResolvedScenario, wanted: Wanted): boolean {
  const { kernel, formats, keepSamples, histogram } = wanted;
  const { scenario_hash, asked_hash = scenario_hash, engine_version, files } = manifest;
  const names = files.map(({ name }) => name);
  const isWanted = (format: Format) => formats.has(format) === filesOf(SUMMARY.name, format).every(isIn);
  const isIn = (name: string) => names.includes(name);
  return (
    asked_hash === scenarioHash(scenario) &&
    manifest.worlds_hash === (scenario.uncertainty && worldsHash(scenario)) &&
    engine_version === engineVersion() &&
    manifest.kernel === kernel &&
    // Rows are read from Arrow files alone.
    formats.has('arrow') &&
    FORMATS.every(isWanted) &&
    keepSamples === isIn(`${SAMPLES.name}.arrow`) &&
    histogram === isIn(`${HISTOGRAM.name}.arrow`)
  );
}

async function areWhole(folder: string, files: readonly WrittenFile[]): Promise<boolean> {
  const hashes = await Promise.all(files.map(({ name }) => hashRegularFile(join(folder, name)).catch(() => '')));
  return files.every(({ sha256 }, i) => sha256 === hashes[i]);
}

async function readTables(folder: string, files: readonly WrittenFile[]): Promise<RunReport['tables']> {
  const at = (name: string) => join(folder, `${name}.arrow`);
  const has = (name: string) => files.some((file) => file.name === `${name}.arrow`);
  const [summary, histogram, throughput, fleet, inputs, uncertainty, variance] = await Promise.all([
    readRowsOf(at(SUMMARY.name), SUMMARY),
    has(HISTOGRAM.name) ? readRowsOf(at(HISTOGRAM.name), HISTOGRAM) : [],
    readRowsOf(at(THROUGHPUT.name), THROUGHPUT),
    readRowsOf(at(FLEET.name), FLEET),
    readRowsOf(at(INPUTS.name), INPUTS),
    has(UNCERTAINTY.name) ? readRowsOf(at(UNCERTAINTY.name), UNCERTAINTY) : undefined,
    has(VARIANCE.name) ? readRowsOf(at(VARIANCE.name), VARIANCE) : undefined,
  ]);
  const ofPresent = async <T extends Table>(table: T): Promise<readonly Row<T>[]> =>
    has(table.name) ? readRowsOf(at(table.name), table) : [];
  const [load, service_level] = [await ofPresent(LOAD), await ofPresent(SERVICE_LEVEL)];
  return {
    ...{ summary, histogram, throughput, fleet, inputs, load, service_level },
    ...(uncertainty && { uncertainty }),
    ...(variance && { variance }),
  };
}
