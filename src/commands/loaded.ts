import { dirname } from 'node:path';
import { InputError } from '../errors.js';
import { judge, type Verdict } from '../expect/judge.js';
import { type References, readReferences } from '../expect/read-reference.js';
import type { Overrides } from '../scenario/overrides.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SummaryRow } from '../tables/schema.js';
import { failureText } from '../terminal/verdict-text.js';
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

/** Loads every file that can be; the others are reported. Two results of one name would overwrite each other. */
export async function loadAll<T>(
  command: string,
  batch: Batch,
  files: readonly (string | InputError)[],
  load: (file: string) => Promise<{ content: T; scenario: ResolvedScenario; swept: readonly string[] }>,
): Promise<Loaded<T>[]> {
  const loaded: Loaded<T>[] = [];
  for (const file of files) {
    const one = await batch.attempt(String(file), async () => {
      if (file instanceof InputError) throw file;
      const { content, scenario, swept } = await load(file);
      const twin = loaded.find((other) => folderOf(other.scenario) === folderOf(scenario));
      if (twin) throw usageError(command, twinText(twin, file, scenario.name));
      return { file, content, scenario, references: await readReferences(scenario, dirname(file), swept) };
    });
    if (one) loaded.push(one);
  }
  return loaded;
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

/** Holds a summary against its scenario's expectations; the failed ones are reported and noted. */
export function verdictsOf(
  scenario: ResolvedScenario,
  summary: readonly SummaryRow[],
  references: References,
  batch: Batch,
  { stderr }: Pick<Surroundings, 'stderr'>,
  cell: { label: string; labels: readonly (string | number)[] } = { label: '', labels: [] },
): Verdict[] {
  const verdicts = judge(scenario, summary, (folder) => references(folder, cell.labels));
  for (const verdict of verdicts.filter(({ holds }) => !holds)) {
    batch.note(UNEXPECTED);
    stderr.write(`${failureText(`${scenario.name}${cell.label}`, verdict)}\n`);
  }
  return verdicts;
}
