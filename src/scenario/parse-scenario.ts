import { InputError, keyText, type Path, type Problem, shownProblems } from '../errors.js';
import type { Complain } from './kinds/kind.js';
import { applyOverrides, type Overrides } from './overrides.js';
import type { Scenario } from './schema.js';
import { validateScenario } from './validate.js';

/** A scenario as written and overridden, right by itself. */
export interface ParsedScenario {
  readonly scenario: Scenario;
  /** The same as plain data, before it was checked and its defaults filled. */
  readonly written: unknown;
  /** What is wrong at a path, with its place in the file or the option that set it. */
  readonly problemAt: (path: Path, message: string, at?: 'key') => Problem;
}

/**
 * A scenario from the text of its file, YAML or JSON. Reads no disk.
 *
 * @param file name of the text in problems
 * @throws InputError with all problems, in the order of their places
 */
export async function parseScenario(text: string, file: string, overrides: Overrides = {}): Promise<ParsedScenario> {
  const { parseYaml } = await import('./yaml/parse-yaml.js');
  const { data: written, places } = parseYaml(text, file);
  if (written === null) throw new InputError([{ file, key: '', message: 'empty; expected a scenario' }]);
  const { data, optionAt } = applyOverrides(written, overrides, (value, option) => parseYaml(value, option).data);
  const problemAt = (path: Path, message: string, at?: 'key'): Problem => {
    const option = optionAt(path);
    const place = option === undefined ? { file, ...places(path, at) } : { file: option };
    return { ...place, key: keyText(path), message };
  };
  const scenario = await orThrow(problemAt, (complain) => validateScenario(data, complain));
  return { scenario, written: data, problemAt };
}

/**
 * The result of a step that complains of what is wrong.
 *
 * @throws InputError with its complaints: all, or twenty and how many more
 */
export async function orThrow<T>(
  problemAt: ParsedScenario['problemAt'],
  step: (complain: Complain) => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const problems: Problem[] = [];
  const result = await step((...complaint) => problems.push(problemAt(...complaint)));
  if (problems.length > 0 || result === undefined) throw new InputError(shownProblems(problems.sort(byPlace)));
  return result;
}

function byPlace(a: Problem, b: Problem): number {
  return (a.line ?? Infinity) - (b.line ?? Infinity) || (a.column ?? 0) - (b.column ?? 0) || 0;
}
