import type { Choice, Difference, PageState } from './choice.js';

/** What a page should not take up without being asked twice: seconds of a core. */
export const MOST_SAMPLES = 10_000_000;

/** How links are written; those without a number are older, and name a scenario `preset`. */
const LINK_VERSION = '1';

const NAMES = ['scenario', 'regime', 'subject'] as const;

/** Characters of a scenario's hash that a link carries. */
const HASH_DIGITS = 8;

/** Settings as a link's fragment: all of the first side, and what the second differs in. @param hashOf a scenario, by its name */
export function toFragment({ samples, a, b }: PageState, hashOf: (scenario: string) => string): string {
  const parameters = new URLSearchParams({ v: LINK_VERSION, samples: `${samples}` });
  for (const [side, { values, ...names }] of Object.entries({ a, b })) {
    for (const [key, value] of Object.entries({ ...names, ...values })) parameters.set(`${side}.${key}`, `${value}`);
    if (names.scenario !== undefined) parameters.set(`${side}.of`, hashOf(names.scenario).slice(0, HASH_DIGITS));
  }
  return parameters.toString();
}

/** Settings from a link's fragment; whatever is missing or senseless there is left as in `fallback`. */
export function fromFragment(fragment: string, fallback: PageState): PageState {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  const isOfSide = (side: string) => [...parameters.keys()].some((key) => key.startsWith(`${side}.`));
  const a = isOfSide('a') ? { ...fallback.a, ...differenceIn(parameters, 'a') } : fallback.a;
  // A link that sets the first side alone has no second one.
  const b = isOfSide('a') || isOfSide('b') ? differenceIn(parameters, 'b') : fallback.b;
  const samples = finiteNumber(parameters.get('samples') ?? parameters.get('a.samples')) ?? fallback.samples;
  const isPossible = Number.isInteger(samples) && samples >= 0 && samples <= MOST_SAMPLES;
  return { samples: isPossible ? samples : fallback.samples, a, b };
}

/** Scenarios that have changed since a link was made, of those that it names with their hashes. */
export function changedSince(fragment: string, hashOf: (scenario: string) => string | undefined): string[] {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  return ['a', 'b'].flatMap((side) => {
    const [name, hash] = [parameters.get(`${side}.scenario`), parameters.get(`${side}.of`)];
    if (name === null || hash === null) return [];
    return hashOf(name)?.startsWith(hash) === false ? [name] : [];
  });
}

function differenceIn(parameters: URLSearchParams, side: string): Difference {
  const text = (key: string) => parameters.get(`${side}.${key}`);
  const names = NAMES.flatMap((name): [keyof Choice, string][] => {
    const value = text(name) ?? (name === 'scenario' ? text('preset') : null);
    return value === null ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(names), values: valuesIn(parameters, side) };
}

/** All numbers of a side; which of them a scenario has a setting for, it knows itself. */
function valuesIn(parameters: URLSearchParams, side: string): Record<string, number> {
  const others = [...NAMES, 'preset', 'samples', 'of'].map((name) => `${side}.${name}`);
  const entries = [...parameters].flatMap(([key, text]) => {
    const value = finiteNumber(text);
    const isValue = key.startsWith(`${side}.`) && !others.includes(key) && value !== undefined;
    return isValue ? [[key.slice(side.length + 1), value] as const] : [];
  });
  return Object.fromEntries(entries);
}

function finiteNumber(text: string | null): number | undefined {
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
