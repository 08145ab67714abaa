import { firstAbove } from './weights.js';

/**
 * Values read from a column of a file, as plain data that goes to other threads without a copy where memory can be shared. Raw
 * buffers are empty in JSON: there the hash of the file stands for what they hold.
 */
export interface Recorded {
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  /** How many values there are. */
  readonly rows: number;
  readonly least: number;
  readonly greatest: number;
  readonly mean: number;
  readonly variance: number;
  /** The values as doubles, one a row. */
  readonly values: ArrayBufferLike;
  /** Share of the first 1, 2, … rows in all, as doubles; absent where every row counts alike. */
  readonly shares?: ArrayBufferLike;
}

/**
 * A record of values.
 *
 * @param sha256 of the file that they come from
 * @param shares of the rows, where they differ: see `cumulatedShares`; columns that are drawn together have one
 */
export function recordOf(sha256: string, from: Float64Array, shares?: Float64Array<ArrayBufferLike>): Recorded {
  const values = doubles(from.length);
  values.set(from);
  const shareOf = (i: number) => (shares ? shares[i] - (i === 0 ? 0 : shares[i - 1]) : 1 / values.length);
  let [least, greatest, mean, variance] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  values.forEach((value, i) => {
    if (shareOf(i) === 0) return;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    mean += shareOf(i) * value;
  });
  values.forEach((value, i) => {
    variance += shareOf(i) * (value - mean) ** 2;
  });
  const numbers = { sha256, rows: values.length, least, greatest, mean, variance };
  return { ...numbers, values: values.buffer, ...(shares && { shares: shares.buffer }) };
}

/** The values of a record, one a row. */
export function valuesOf({ values }: Recorded): Float64Array {
  return new Float64Array(values);
}

/** Shares of the first 1, 2, … rows; the last is 1. */
export function sharesOf({ rows, shares }: Recorded): Float64Array {
  return shares ? new Float64Array(shares) : Float64Array.from({ length: rows }, (_, i) => (i + 1) / rows);
}

/** The row that a uniform number in [0, 1) chooses: of columns that are drawn together the same of each. */
export function rowChoice({ rows, shares }: Recorded): (u: number) => number {
  if (!shares) return (u) => Math.floor(u * rows);
  const ends = new Float64Array(shares);
  return (u) => firstAbove(ends, u);
}

/** The values from `min` to `max`, both inclusive, and the share of them in all; undefined if there is none. */
export function recordWithin(
  record: Recorded,
  min: number,
  max: number,
): { record: Recorded; mass: number } | undefined {
  const [values, shares] = [valuesOf(record), sharesOf(record)];
  const kept = [...values.keys()].filter((i) => min <= values[i] && values[i] <= max);
  const weights = Float64Array.from(kept, (i) => shares[i] - (i === 0 ? 0 : shares[i - 1]));
  const mass = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(mass > 0)) return undefined;
  const ofKept = Float64Array.from(kept, (i) => values[i]);
  return { record: recordOf(record.sha256, ofKept, record.shares && cumulatedShares(weights)), mass };
}

/** Numbers in memory that threads share where the platform lets them. */
function doubles(length: number): Float64Array<ArrayBufferLike> {
  const bytes = length * Float64Array.BYTES_PER_ELEMENT;
  return new Float64Array(
    typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes),
  );
}

/** Shares of the first 1, 2, … rows in all. @param weights whose sum is above 0 */
export function cumulatedShares(weights: Float64Array): Float64Array<ArrayBufferLike> {
  const shares = doubles(weights.length);
  let sum = 0;
  weights.forEach((weight, i) => {
    sum += weight;
    shares[i] = sum;
  });
  for (let i = 0; i < shares.length; i++) shares[i] /= sum;
  return shares;
}
