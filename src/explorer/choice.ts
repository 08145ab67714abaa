import type { Explored } from './explored.js';

/** What one side of the page is set to. */
export interface Choice {
  readonly scenario: string;
  /** A kind of query. */
  readonly regime: string;
  /** A model or a blend. */
  readonly subject: string;
  /** Settings that are moved, by their keys; all others are the scenario's own. */
  readonly values: Readonly<Record<string, number>>;
}

/** What the second side differs in from the first. */
export interface Difference extends Partial<Omit<Choice, 'values'>> {
  readonly values: Choice['values'];
}

/** All that the page is set to. */
export interface PageState {
  /** Draws per model and regime; 0 to integrate, where that is possible. */
  readonly samples: number;
  readonly a: Choice;
  readonly b: Difference;
}

/** Samples of a whole figure where the page integrates and something must be drawn all the same. */
export const DRAWN_BESIDE = 100_000;

/** The second side as a whole: the first with its differences. */
export function secondSide({ a, b }: PageState): Choice {
  const { values, ...names } = b;
  return { ...a, ...names, values: { ...a.values, ...values } };
}

/**
 * A choice that can be shown: a link may say anything. Names that a scenario does not have are its first, values that it does not move
 * are left out, others are brought within their bounds.
 */
export function sensible(choice: Choice, all: ReadonlyMap<string, Explored>): Choice {
  const scenario = all.has(choice.scenario) ? choice.scenario : [...all.keys()][0];
  const { regimes, subjects, settings } = exploredIn(all, scenario);
  const regime = regimes.includes(choice.regime) ? choice.regime : regimes[0];
  const values = settings.flatMap(({ key, bounds: [low, high], own, absent }) => {
    const value = Object.hasOwn(choice.values, key) ? choice.values[key] : undefined;
    if (value === undefined || (own(regime) === undefined && absent === undefined)) return [];
    return [[key, Math.min(high, Math.max(low, value))] as const];
  });
  const subject = subjects.includes(choice.subject) ? choice.subject : subjects[0];
  return { scenario, regime, subject, values: withinInput(Object.fromEntries(values), settings, regime) };
}

/** What is cached is a part of the prompt, and shrinks with it. */
function withinInput(values: Choice['values'], settings: Explored['settings'], regime: string): Choice['values'] {
  const { cached_input_tokens: cached, input_tokens } = values;
  const input = input_tokens ?? settings.find(({ key }) => key === 'input_tokens')?.own(regime);
  if (cached === undefined || input === undefined) return values;
  return { ...values, cached_input_tokens: Math.min(cached, input) };
}

/** The scenario of a name. @throws RangeError for one that the page does not have */
export function exploredIn(all: ReadonlyMap<string, Explored>, name: string): Explored {
  const found = all.get(name);
  if (found === undefined) throw new RangeError(`the page has no scenario ${name}`);
  return found;
}
