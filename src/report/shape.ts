import type { Path } from '../errors.js';

/** What a value read from a file has to look like where it is used; keys beyond those are not looked at. */
export type Shape = 'text' | 'number' | ListShape | RecordShape;

/** A list, of whatever length, of values that all look so. */
export type ListShape = readonly [Shape];

/** An object with these keys. */
export interface RecordShape {
  readonly [key: string]: Shape;
}

/** Where a value first does not look as it has to, and what was expected there; undefined if it does. */
export function misfit(value: unknown, shape: Shape, path: Path = []): { path: Path; expected: string } | undefined {
  if (shape === 'text') return typeof value === 'string' ? undefined : { path, expected: 'a text' };
  if (shape === 'number') return typeof value === 'number' ? undefined : { path, expected: 'a number' };
  return isList(shape) ? misfitInList(value, shape[0], path) : misfitInRecord(value, shape, path);
}

function isList(shape: ListShape | RecordShape): shape is ListShape {
  return Array.isArray(shape);
}

function misfitInList(value: unknown, shape: Shape, path: Path) {
  if (!Array.isArray(value)) return { path, expected: 'a list' };
  for (const [i, item] of value.entries()) {
    const found = misfit(item, shape, [...path, i]);
    if (found) return found;
  }
  return undefined;
}

function misfitInRecord(value: unknown, shape: RecordShape, path: Path) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { path, expected: 'an object' };
  const fields: Readonly<Record<string, unknown>> = { ...value };
  for (const [key, inner] of Object.entries(shape)) {
    const found = misfit(fields[key], inner, [...path, key]);
    if (found) return found;
  }
  return undefined;
}
