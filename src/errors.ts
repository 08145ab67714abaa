import { printableLine } from './printable.js';

/**
 * Where a value stands in a scenario: keys and list positions from the root, e.g. `['regimes', 'traditional', 'pue']`.
 */
export type Path = readonly (string | number)[];

/**
 * Takes one complaint about the value at `path`. Checks call it as often as needed, so a file's problems come all at
 * once.
 */
export type Report = (path: Path, message: string) => void;

/** One problem of an input file. `line` and `column` count from 1; both are absent where the whole file is meant. */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** Dotted key path within the file, e.g. `regimes.traditional.pue`; empty for the whole file. */
  readonly key: string;
  /** What is wrong, what was expected, and what to do next. */
  readonly message: string;
}

/** Input that cannot be run: all problems found, each with its place. The command line exits with 2 on it. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.problems = problems;
  }
}

/**
 * A run that was begun on good input and failed, e.g. a worker thread that died. The command line exits with 1 on it.
 */
export class RunError extends Error {
  override readonly name = 'RunError';
}

/** Problems shown of one file: a file of another kind would have one in each line. */
const MOST_SHOWN = 20;

/** The first problems, and one that counts the others where there are many. */
export function shownProblems(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - MOST_SHOWN;
  if (more <= 0) return problems;
  return [...problems.slice(0, MOST_SHOWN), { file: problems[0].file, key: '', message: `and ${more} more problems` }];
}

/** `file:line:column: key: message` in one line, leaving out what is unknown. */
export function problemText({ file, line, column, key, message }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return printableLine([place, key, message].filter((part) => part !== '').join(': '));
}

/** `a.b[2].c` for the path `['a', 'b', 2, 'c']`. */
export function keyText(path: Path): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}
