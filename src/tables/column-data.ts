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

/** A column of numbers, some of them missing. */
export function nullableData(arrow: Arrow, numbers: readonly (number | null)[]): Data {
  const data = Float64Array.from(numbers, (number) => number ?? 0);
  const nullCount = numbers.filter((number) => number === null).length;
  const nullBitmap = validity(numbers);
  return arrow.makeData({ type: new arrow.Float64(), length: numbers.length, nullCount, nullBitmap, data });
}

/** One bit per row, lowest first, set where there is a number (Arrow columnar format, "Validity bitmaps"). */
function validity(numbers: readonly (number | null)[]): Uint8Array {
  const bits = new Uint8Array(Math.ceil(numbers.length / 8));
  numbers.forEach((number, i) => {
    if (number !== null) bits[i >> 3] |= 1 << (i & 7);
  });
  return bits;
}
