import type { Report } from '../errors.js';
import { choiceText, foundText, keysText, nearestHint } from '../words.js';
import { numberRemedy } from './number-meant.js';

/** A mapping of a scenario file before anything is known about its values. */
export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(written: unknown): written is Mapping {
  return typeof written === 'object' && written !== null && !Array.isArray(written);
}

/** A finite number, or a complaint about `key` (a list position or a key; absent: the value itself) and undefined. */
export function parseNumber(written: unknown, report: Report, ...path: (string | number)[]): number | undefined {
  if (typeof written === 'number' && Number.isFinite(written)) return written;
  const remedy = typeof written === 'string' ? numberRemedy(written) : '';
  report(path, `expected a finite number; found ${foundText(written)}${remedy && `; ${remedy}`}`);
  return undefined;
}

/** Text of at least one character, or a complaint and undefined. */
export function parseText(written: unknown, report: Report, ...path: (string | number)[]): string | undefined {
  if (typeof written === 'string' && written !== '') return written;
  report(path, `expected text; found ${foundText(written)}`);
  return undefined;
}

/** A list with at least one entry, or a complaint and undefined. */
export function parseList(
  written: unknown,
  of: string,
  report: Report,
  ...path: string[]
): readonly unknown[] | undefined {
  if (Array.isArray(written) && written.length > 0) return written;
  report(path, `expected a list of ${of}; found ${Array.isArray(written) ? 'an empty one' : foundText(written)}`);
  return undefined;
}

/** The list, if no entry of it failed to parse. */
export function complete<T>(list: readonly (T | undefined)[]): T[] | undefined {
  const entries = list.filter((entry) => entry !== undefined);
  return entries.length === list.length ? entries : undefined;
}

/** A mapping with exactly the keys of one of the sets, or a complaint at the first unknown key and undefined. */
export function parseMapping(
  written: unknown,
  keySets: readonly (readonly string[])[],
  report: Report,
  ...path: (string | number)[]
): Mapping | undefined {
  if (isMapping(written) && keySets.some((keys) => sameKeys(keys, written))) return written;
  const present = isMapping(written) ? Object.keys(written) : [];
  const unknown = present.find((key) => !keySets.flat().includes(key));
  const expected = `expected ${keySets.length > 1 ? 'one of ' : ''}${choiceText(keySets.map(keysText))}`;
  const hint = unknown === undefined ? '' : hintFor(unknown, missingKeys(keySets, present));
  report(unknown === undefined ? path : [...path, unknown], `${expected}; found ${foundText(written)}${hint}`);
  return undefined;
}

/** Bounds are the one thing that people write a level too low, as the families that have them for parameters suggest. */
function hintFor(unknown: string, missing: readonly string[]): string {
  if (unknown !== 'min' && unknown !== 'max') return nearestHint(unknown, missing);
  return `; to truncate, write ${unknown} beside the distribution's name, not below it`;
}

export function sameKeys(keys: readonly string[], mapping: Mapping): boolean {
  return keys.length === Object.keys(mapping).length && keys.every((key) => Object.hasOwn(mapping, key));
}

/** Keys that would complete what is there to one of the sets; if nothing fits, all keys. */
function missingKeys(keySets: readonly (readonly string[])[], present: readonly string[]): string[] {
  const known = present.filter((key) => keySets.flat().includes(key));
  const fitting = keySets.filter((keys) => known.every((key) => keys.includes(key)));
  return (fitting.length > 0 ? fitting : keySets).flat().filter((key) => !known.includes(key));
}
