import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../errors.js';
import { type Judged, judge, type Verdict } from '../expect/judge.js';
import { PREVIOUS, type References, readReferences } from '../expect/read-reference.js';
import type { Overrides } from '../scenario/overrides.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { failureText } from '../terminal/verdict-text.js';
import { counted } from '../words.js';
import { usageError, wholeNumber } from './arguments.js';
import type { Batch } from './batch.js';
import { UNEXPECTED } from './exit-status.js';
import type { Surroundings } from './surroundings.js';

/** A scenario file that is ready to run, with what its expectations compare with. */
export interface Loaded<T> {
  readonly file: string;
  readonly content: T;
  readonly scenario: ResolvedScenario;
  readonly references: References;
}

/** Flags that change a scenario. */
export interface ScenarioFlags {
  readonly samples?: string | undefined;
  readonly seed?: string | undefined;
  readonly sampler?: string | undefined;
  readonly until?: string | undefined;
  readonly set?: string[] | undefined;
}

/** @throws InputError naming a flag that cannot be read */
export function overridesOf(command: string, { samples, seed, sampler, until, set = [] }: ScenarioFlags): Overrides {
  return {
    set,
    ...(samples === undefined ? {} : { samples: wholeNumber(command, '--samples', samples, 1) }),
    ...(seed === undefined ? {} : { seed }),
    ...(sampler === undefined ? {} : { sampler }),
    ...(until === undefined ? {} : { until }),
  };
}

/** Where results are, before the command writes any, and who hears of what is lacking there. */
export interface EarlierResults {
  /** The folder that holds the results of the night before, or those that will be replaced. */
  readonly folder: string;
  readonly stderr: Surroundings['stderr'];
}

/** Loads every file that can be; the others are reported. Two results of one name would overwrite each other. */
export async function loadAll<T>(
  command: string,
  batch: Batch,
  files: readonly (string | InputError)[],
  earlier: EarlierResults,
  load: (file: string) => Promise<{ content: T; scenario: ResolvedScenario; swept: readonly string[] }>,
): Promise<Loaded<T>[]> {
  const loaded: Loaded<T>[] = [];
  for (const file of files) {
    const one = await batch.attempt(String(file), async () => {
      if (file instanceof InputError) throw file;
      const { content, scenario, swept } = await load(file);
      const twin = loaded.find((other) => folderOf(other.scenario) === folderOf(scenario));
      if (twin) throw usageError(command, twinText(twin, file, scenario.name));
      const previous = join(earlier.folder, scenario.name);
      const manifest = join(previous, swept.length > 0 ? 'sweep.json' : 'manifest.json');
      const judged = existsSync(manifest) ? scenario : withoutPrevious(scenario, previous, earlier.stderr);
      const references = await readReferences(judged, dirname(file), previous, swept);
      return { file, content, scenario: judged, references };
    });
    if (one) loaded.push(one);
  }
  return loaded;
}

/** The first night has none before it: what it would be compared with is not there, and the rest of it holds or not. */
function withoutPrevious(
  scenario: ResolvedScenario,
  previous: string,
  stderr: Surroundings['stderr'],
): ResolvedScenario {
  const { expect = [], ...rest } = scenario;
  const left = expect.filter(({ ratio_to }) => ratio_to !== PREVIOUS);
  if (left.length === expect.length) return scenario;
  const unjudged = `${counted(expect.length - left.length, 'expectation')} with ratio_to: ${PREVIOUS} not judged`;
  stderr.write(`${scenario.name}: no earlier result in ${previous}; ${unjudged}\n`);
  return left.length === 0 ? rest : { ...rest, expect: left };
}

/** Names that differ by case alone are one folder on Windows and macOS. */
function folderOf({ name }: ResolvedScenario): string {
  return name.toLowerCase();
}

function twinText({ file, scenario }: Loaded<unknown>, other: string, name: string): string {
  const both =
    scenario.name === name
      ? `${file} and ${other} both have the name ${name}`
      : `the names ${scenario.name} of ${file} and ${name} of ${other} differ by case alone`;
  return `${both}, and one would overwrite the other; rename one`;
}

/** Holds results against their scenario's expectations; the failed ones are reported and noted. */
export function verdictsOf(
  scenario: ResolvedScenario,
  results: Judged,
  references: References,
  batch: Batch,
  { stderr }: Pick<Surroundings, 'stderr'>,
  cell: { label: string; labels: readonly (string | number)[] } = { label: '', labels: [] },
): Verdict[] {
  const verdicts = judge(scenario, results, (folder) => references(folder, cell.labels));
  for (const verdict of verdicts.filter(({ holds }) => !holds)) {
    batch.note(UNEXPECTED);
    stderr.write(`${failureText(`${scenario.name}${cell.label}`, verdict)}\n`);
  }
  return verdicts;
}
