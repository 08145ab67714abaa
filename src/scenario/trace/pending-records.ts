import type { Distribution, Simple } from '../../distributions/index.js';
import { isMapping } from '../../distributions/written.js';
import type { Path } from '../../errors.js';

/** A distribution whose values stand in a file. */
type OfFile = Simple<'recorded'>;

/** Distributions anywhere in plain data whose file was not read yet, with where they stand. */
export function pendingRecords(data: unknown): { path: Path; distribution: OfFile }[] {
  return recordsIn(data).filter(({ distribution }) => distribution.parameters.record === undefined);
}

/** Names of the files whose columns are drawn from anywhere in plain data. */
export function recordedFiles(data: unknown): string[] {
  return [...new Set(recordsIn(data).map(({ distribution }) => distribution.parameters.file))];
}

/** The same data with other distributions in place of some. */
export function withRecords<T>(data: T, read: ReadonlyMap<Distribution, Distribution>): T {
  if (isOfFile(data)) return (read.get(data) ?? data) as T;
  if (Array.isArray(data)) return data.map((one: unknown) => withRecords(one, read)) as T;
  if (!isMapping(data)) return data;
  // Keys stay, and each value is replaced by one of its own kind.
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withRecords(value, read)])) as T;
}

function recordsIn(data: unknown, path: Path = []): { path: Path; distribution: OfFile }[] {
  if (isOfFile(data)) return [{ path, distribution: data }];
  if (Array.isArray(data)) return data.flatMap((one: unknown, i) => recordsIn(one, [...path, i]));
  if (!isMapping(data) || ArrayBuffer.isView(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => recordsIn(value, [...path, key]));
}

function isOfFile(data: unknown): data is OfFile {
  return isMapping(data) && data.family === 'recorded' && isMapping(data.parameters);
}
