// Memory of counts that goes to and fro between a thread and its workers. What it cannot see: what that saves, see
// bench/explorer.mjs.
import { expect, it } from 'vitest';
import type { SketchesData } from '../../src/sketch/sketches.js';
import { copierInto, memoryOf } from '../../src/workers/spare-memory.js';

const counts = (...numbers: number[]) => Uint32Array.from(numbers);

it('copies counts into memory that is large enough, each into its own, and into new memory where there is none', () => {
  const [small, large] = [new ArrayBuffer(4), new ArrayBuffer(1000)];
  new Uint32Array(large).fill(7);
  const spare = [small, large];
  const copy = copierInto(spare);
  const copies = [copy(counts(1, 2, 3)), copy(counts(4)), copy(counts(5, 6))];
  expect(copies).toEqual([counts(1, 2, 3), counts(4), counts(5, 6)]);
  expect(copies.slice(0, 2).map(({ buffer }) => buffer)).toEqual([large, small]);
  expect(new Set(copies.map(({ buffer }) => buffer)).size).toBe(3);
  expect(spare).toEqual([]);
});

it('copies counts in the type that they have', () => {
  const [bytes, floats] = [Uint8Array.of(1, 255), Float64Array.of(2 ** 40)];
  expect(copierInto([new ArrayBuffer(100), new ArrayBuffer(100)])(bytes)).toEqual(bytes);
  expect(copierInto([new ArrayBuffer(100)])(floats)).toEqual(floats);
});

it('leaves room in new memory, so that a few more counts fit the next time', () => {
  const first = copierInto([])(counts(1));
  expect(copierInto([first.buffer as ArrayBuffer])(new Uint32Array(1000)).buffer).toBe(first.buffer);
});

it('drops what is too small, so that what is spare does not grow with the counts', () => {
  const spare = [new ArrayBuffer(4), new ArrayBuffer(4)];
  copierInto(spare)(counts(1, 2));
  expect(spare.length).toBe(1);
});

it('lists the memory of all counts', () => {
  const data = { first_bin: 0, zeros: 0, non_finite: 0, ln_min: 0, ln_max: 0 };
  const parts = [counts(1), counts(2)].map((counts, i) => ({ of: [i], data: { ...data, counts } }));
  const counted: SketchesData = { parts };
  expect(memoryOf(counted)).toEqual(parts.map(({ data }) => data.counts.buffer));
});
