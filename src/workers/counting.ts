import type { Histogram } from '../sketch/histogram.js';
import type { Sketches, SketchPart } from '../sketch/sketches.js';
import { settled } from './windows.js';

/** Counts one output, or one pathway with and without trim, from the columns of the batch just evaluated. */
export interface Counting {
  count(n: number, odd: Sketches): void;
  /** What its windows hold of so many draws. */
  counted(draws: number): SketchPart[];
}

/** Adds the first `n` values, which no window took. */
export function addOdd(histogram: Histogram, odd: Float32Array, n: number): void {
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = settled(odd[i]);
  histogram.add(values, n);
}
