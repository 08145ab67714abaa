import { InputError, type Path, type Problem, shownProblems } from '../errors.js';
import { ASSIGNMENT, pathOfKey, withValue } from './set-key.js';
import { type SweepOptions, sweepEntries } from './sweep-options.js';
import { precisionOf, UNTIL_EXPECTED, untilHint } from './until.js';

/** What a run changes in a scenario. Stated values win over the file's. */
export interface Overrides {
  readonly samples?: number;
  readonly seed?: string;
  readonly sampler?: string;
  /** Precision to draw to, e.g. `p50=0.1%`. */
  readonly until?: string;
  /** `key=value` each: the key a dotted path, the value YAML. Later ones win. */
  readonly set?: readonly string[];
  /** What goes into the file's `sweep` block. */
  readonly sweep?: SweepOptions;
}

/** Plain data with overrides in place. */
export interface Overridden {
  readonly data: unknown;
  /** The option that made what stands at a path, as typed (`--set pue=1.2`); undefined if none did. */
  readonly optionAt: (path: Path) => string | undefined;
}

/** One value to set. */
interface Override {
  readonly option: string;
  readonly key: string;
  readonly value: unknown;
}

/** Reads a value written as YAML; problems go by the name `option`. */
type ReadValue = (text: string, option: string) => unknown;

const LONGEST_OPTION = 80;

/**
 * Sets what overrides say, in their order.
 *
 * @throws InputError with every override that cannot be read or has no place to go to
 */
export function applyOverrides(data: unknown, overrides: Overrides, readValue: ReadValue): Overridden {
  const problems: Problem[] = [];
  const placed: { path: Path; option: string }[] = [];
  const changed = listed(overrides, readValue, problems).reduce((current, { option, key, value }) => {
    const path = pathOfKey(key, current, (message) => problems.push({ file: option, key: '', message }));
    if (!path) return current;
    placed.unshift({ path, option });
    return withValue(current, path, value);
  }, data);
  const swept = placeSweep(changed, overrides.sweep ?? {}, readValue, problems, placed);
  if (problems.length > 0) throw new InputError(shownProblems(problems));
  return { data: swept, optionAt: (path) => placed.find((one) => startsWith(path, one.path))?.option };
}

/** Puts sweep options into the `sweep` block, under their dotted keys as these are. */
function placeSweep(
  data: unknown,
  options: SweepOptions,
  readValue: ReadValue,
  problems: Problem[],
  placed: { path: Path; option: string }[],
): unknown {
  const entries = sweepEntries(options, (option, message) =>
    problems.push({ file: shortened(option), key: '', message }),
  );
  return entries.reduce((current, { option, path, list, value }) => {
    const name = shortened(option);
    placed.unshift({ path, option: name });
    return withValue(current, path, list === undefined ? value : readPlainly(list, name, readValue, problems));
  }, data);
}

function listed(
  { samples, seed, sampler, until, set = [] }: Overrides,
  readValue: ReadValue,
  problems: Problem[],
): Override[] {
  const flags = Object.entries({ samples, seed, sampler }).filter(([, value]) => value !== undefined);
  return [
    ...set.flatMap((text) => assignment(text, readValue, problems) ?? []),
    ...flags.map(([key, value]) => ({ option: shortened(`--${key} ${value}`), key, value })),
    ...(until === undefined ? [] : precision(until, problems)),
  ];
}

function precision(text: string, problems: Problem[]): Override[] {
  const option = shortened(`--until ${text}`);
  const value = precisionOf(text);
  if (value !== undefined) return [{ option, key: 'precision', value }];
  problems.push({ file: option, key: '', message: `${UNTIL_EXPECTED}${untilHint(text)}` });
  return [];
}

function assignment(text: string, readValue: ReadValue, problems: Problem[]): Override | undefined {
  const option = shortened(`--set ${text}`);
  const [, key, value] = ASSIGNMENT.exec(text) ?? [];
  const complain = (message: string) => void problems.push({ file: option, key: '', message });
  if (key === undefined || value === undefined) return void complain('expected key=value');
  return { option, key: key.trim(), value: readPlainly(value, option, readValue, problems) };
}

/** A value written as YAML; problems with it count as the option's, as lines and columns would look like those of a file. */
function readPlainly(text: string, option: string, readValue: ReadValue, problems: Problem[]): unknown {
  try {
    return readValue(text, option);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const { message } of error.problems) problems.push({ file: option, key: '', message });
    return undefined;
  }
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((part, i) => path[i] === part);
}

function shortened(text: string): string {
  return text.length <= LONGEST_OPTION ? text : `${text.slice(0, LONGEST_OPTION)}…`;
}
