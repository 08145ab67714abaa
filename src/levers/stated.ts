import { isMapping, type Mapping } from '../distributions/written.js';
import type { Setting } from './lever.js';

/** A value of a key as it was written, and where: at the top level, or for a kind of query or a model. */
export interface Stated {
  readonly key: string;
  readonly value: unknown;
}

/** All places where a key is stated: at the top level and in the named entries of a section, e.g. every regime. */
export function statedAt(written: Mapping, key: string, section: 'regimes' | 'models' = 'regimes'): Stated[] {
  const entries = isMapping(written[section]) ? Object.entries(written[section]) : [];
  const top = written[key] === undefined ? [] : [{ key, value: written[key] }];
  const named = entries.flatMap(([name, entry]) =>
    isMapping(entry) && entry[key] !== undefined
      ? [{ key: `${section}.${quoted(name)}.${key}`, value: entry[key] }]
      : [],
  );
  return [...top, ...named];
}

/** The value everywhere where the key is stated, at the top level where it is not. */
export function setEverywhere(
  written: Mapping,
  key: string,
  value: unknown,
  section: 'regimes' | 'models' = 'regimes',
): Setting[] {
  const stated = statedAt(written, key, section);
  return stated.length === 0 ? [{ key, value }] : stated.map((one) => ({ key: one.key, value }));
}

/** A mapping below a key of the scenario; empty where there is none. */
export function sectionOf(written: Mapping, key: string): Mapping {
  const section = written[key];
  return isMapping(section) ? section : {};
}

/** A name with a sign of equality needs quotes in a dotted key. */
function quoted(name: string): string {
  return name.includes('=') ? `"${name}"` : name;
}
