import type { Data, Utf8, Vector } from 'apache-arrow';
import { type Arrow, textType } from './arrow-schema.js';

/** The words that a text column may hold, as an Arrow vector. Batches of one file must share it. */
export function dictionary(arrow: Arrow, words: readonly string[]): Vector<Utf8> {
  return arrow.vectorFromArray([...words], new arrow.Utf8());
}

/** The text column at `position` of its table: for each row, the index of its word in the dictionary. */
export function textData(arrow: Arrow, position: number, indices: Int32Array, words: Vector<Utf8>): Data {
  const type = textType(arrow, position);
  return arrow.makeData({ type, length: indices.length, nullCount: 0, data: indices, dictionary: words });
}

/** A column of whole numbers. */
export function countData(arrow: Arrow, counts: BigInt64Array): Data {
  return arrow.makeData({ type: new arrow.Int64(), length: counts.length, nullCount: 0, data: counts });
}

/** A column of numbers, none of them missing. */
export function floatData(arrow: Arrow, numbers: Float64Array): Data {
  return arrow.makeData({ type: new arrow.Float64(), length: numbers.length, nullCount: 0, data: numbers });
}

/** A column of numbers, null where one is missing. */
export function nullableData(arrow: Arrow, values: readonly (number | null)[]): Data {
  const { length } = values;
  const data = new Float64Array(length);
  const missing: number[] = [];
  values.forEach((value, i) => {
    if (value === null) missing.push(i);
    else data[i] = value;
  });
  if (missing.length === 0) return floatData(arrow, data);
  const nullBitmap = validity(length, missing);
  return arrow.makeData({ type: new arrow.Float64(), length, nullCount: missing.length, nullBitmap, data });
}

/** One bit per row, lowest first, set where there is a number (Arrow columnar format, "Validity bitmaps"). */
function validity(length: number, missing: readonly number[]): Uint8Array {
  const bits = new Uint8Array(Math.ceil(length / 8)).fill(0xff);
  if (length % 8 > 0) bits[bits.length - 1] = (1 << (length % 8)) - 1;
  for (const i of missing) bits[i >> 3] &= ~(1 << (i & 7));
  return bits;
}
