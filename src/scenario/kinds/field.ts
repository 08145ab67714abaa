import type { Kind } from './kind.js';

/** A key of a mapping. `Sure`: whether a value is there once checked. */
export interface Field<T, Sure extends boolean> {
  readonly kind: Kind<T>;
  /** Meaning and unit, for editors and for the complaint that it is missing. */
  readonly about: string;
  readonly sure: Sure;
  /** What an absent key stands for, as a user would write it. */
  readonly fallback?: unknown;
}

export type AnyField = Field<unknown, boolean>;

export type Fields = Readonly<Record<string, AnyField>>;

/** A key that must be there. */
export function required<T>(kind: Kind<T>, about: string): Field<T, true> {
  return { kind, about, sure: true };
}

/** A key that may be absent. */
export function optional<T>(kind: Kind<T>, about: string): Field<T, false> {
  return { kind, about, sure: false };
}

/** A key that stands for `fallback` where it is absent. */
export function defaulting<T>(kind: Kind<T>, fallback: unknown, about: string): Field<T, true> {
  return { kind, about, sure: true, fallback };
}
