import type { Path } from '../../errors.js';
import { foundText } from '../../words.js';

/** Takes one complaint about the value at `path`, or, with `at` = 'key', about the key itself. */
export type Complain = (path: Path, message: string, at?: 'key') => void;

/** What a check may ask beyond its own value. */
export interface Context {
  readonly complain: Complain;
  /** Names that the scenario gives in one of its sections, e.g. those of its regimes. */
  names(section: Path): readonly string[];
  /** Where in a scenario a key of this name may stand, in words: `at the top level`, `in models.<name>`. */
  placesOf(key: string): readonly string[];
  /** Takes a check that must wait for a package to load; it is made before the scenario counts as right. */
  later(check: () => Promise<void>): void;
}

/** What may stand at a place of the scenario file: how to check it, what it becomes (`T`), how editors are told. */
export interface Kind<T> {
  /** Completes "expected …". */
  readonly expected: string;
  /** The same, one by one, where there are several; each short enough to stand beside the others. */
  readonly alternatives?: readonly string[];
  /** Whether the value is of the right sort at all, which decides between alternatives. */
  fits(written: unknown): boolean;
  /** What helps with a value of the wrong sort, as an end of its complaint (`; write 0.6`); absent: nothing. */
  hint?(written: unknown): string;
  /**
   * The value with defaults filled. If anything is wrong: complaints, and undefined unless the value is still readable.
   */
  check(written: unknown, context: Context): T | undefined;
  /** JSON Schema (draft 2020-12) of what `check` accepts, as far as JSON Schema can say it; made when it is asked for. */
  readonly schema: object;
}

/** The type that a kind's values have once checked. */
export type Value<K> = K extends Kind<infer T> ? T : never;

/** The same context for what stands under one key or at one position of a list. */
export function under(key: string | number, context: Context): Context {
  return { ...context, complain: (path, message, at) => context.complain([key, ...path], message, at) };
}

/** Complains that a value is of the wrong sort. */
export function mistyped(
  { expected }: { expected: string },
  written: unknown,
  { complain }: Context,
  hint = '',
): undefined {
  complain([], `expected ${expected}; found ${written === null ? 'nothing' : foundText(written)}${hint}`);
}
