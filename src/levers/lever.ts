import type { Mapping } from '../distributions/written.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/** A key of the scenario file and the value to set, as `--set` does. */
export interface Setting {
  /** Dotted, as for `--set`. */
  readonly key: string;
  /** Plain data. */
  readonly value: unknown;
}

/** What a lever is proposed for. */
export interface Facts {
  /** The scenario as written, overrides in place: keys that are not there are not stated. */
  readonly written: Mapping;
  readonly scenario: ResolvedScenario;
}

/** What a lever sets in a scenario, or why it has nothing to set there. */
export type Proposal = { readonly settings: readonly Setting[] } | { readonly because: string };

/** Where the value comes from that a lever sets: measurements, a published figure, or an assumption that says so. */
export type Basis = 'measured' | 'published' | 'assumed' | 'stated';

/** Something that could be changed, as other values of keys. */
export interface Lever {
  readonly name: string;
  /** What it changes, in a few words. */
  readonly about: string;
  /** Levers of one cause save the same energy in two ways: at most one of them is part of a combination. */
  readonly cause: string;
  readonly basis: Basis;
  readonly source: string;
  propose(facts: Facts): Proposal;
  /** Why what it sets changes nothing here, as only the scenario that it makes tells; absent where it always does something. */
  isVoid?(before: ResolvedScenario, after: ResolvedScenario): string | undefined;
}

/** A setting as the text that `--set` takes; values are JSON, which is YAML. */
export function settingText({ key, value }: Setting): string {
  return `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
}
