import { InputError, keyText } from '../errors.js';
import type { FileError } from '../regular-file.js';
import type { Manifest } from '../result/manifest.js';
import type { SweepManifest } from '../sweep/sweep-manifest.js';
import { readJson } from '../tables/read-json.js';
import { FORMAT_VERSION } from '../tables/schema.js';
import { misfit, type RecordShape } from './shape.js';

/** What a page says of any result's origin. */
const ORIGIN = {
  format_version: 'number',
  engine_version: 'text',
  scenario_hash: 'text',
  notes: ['text'],
  workers: 'number',
  started: 'text',
  machine: { cpu: 'text', platform: 'text', node: 'text' },
  files: [{ name: 'text', bytes: 'number', sha256: 'text' }],
} as const satisfies RecordShape;

const NAMED = { name: 'text', description: 'text', seed: 'text', samples: 'number' } as const satisfies RecordShape;

/** What it says of a run besides. */
const RUN: RecordShape = {
  ...ORIGIN,
  seed: 'text',
  kernel: 'text',
  scenario: {
    ...NAMED,
    regimes: [{ name: 'text' }],
    models: [{ name: 'text', throughput: { method: 'text' } }],
    pathways: [{ name: 'text', multipliers: [{ name: 'text', distribution: { family: 'text', parameters: {} } }] }],
  },
};

/** What it says of a sweep besides. */
const SWEEP: RecordShape = { ...ORIGIN, scenario: NAMED, swept: ['text'], cells: [{ key: 'text' }] };

/** What a run says of its origin (this file needs Node). @throws InputError for what is no run's manifest, or of a newer format */
export async function readManifest(file: string): Promise<Manifest> {
  return (await readShaped(file, RUN)) as Manifest;
}

/** The same of a sweep. */
export async function readSweepManifest(file: string): Promise<SweepManifest> {
  return (await readShaped(file, SWEEP)) as SweepManifest;
}

async function readShaped(file: string, shape: RecordShape): Promise<object> {
  const manifest = await readJson(file).catch(({ message }: FileError) => fail(file, '', `${message}; repeat the run`));
  const version = misfit(manifest, { format_version: 'number' });
  if (version) fail(file, '', 'is not a manifest that tokenjoule wrote; repeat the run');
  const { format_version } = manifest as { format_version: number };
  if (format_version > FORMAT_VERSION) {
    const reads = `this one reads up to ${FORMAT_VERSION}`;
    fail(file, '', `was written by a newer tokenjoule (format ${format_version}); ${reads}: upgrade`);
  }
  const wrong = misfit(manifest, shape);
  if (wrong) fail(file, keyText(wrong.path), `expected ${wrong.expected}, as tokenjoule writes it; repeat the run`);
  return manifest as object;
}

function fail(file: string, key: string, message: string): never {
  throw new InputError([{ file, key, message }]);
}
