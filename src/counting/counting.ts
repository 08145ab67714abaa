import { type Histogram, repeatedValue } from '../sketch/histogram.js';
import type { Sketches, SketchPart } from '../sketch/sketches.js';
import { settled, type Window } from './windows.js';

/** Counts some of what a plan counts, from the columns of the batch just evaluated. */
export interface Counting {
  count(n: number, sketches: Sketches): void;
  /** Counts what was put off until now. */
  settle?(sketches: Sketches): void;
  /** What it holds of so many draws, in its own memory; once settled. */
  view(draws: number): SketchPart[];
}

/** Something that is counted in a window. */
export interface CountedWindow {
  /** Its position in the plan's list. */
  readonly place: number;
  readonly window: Window;
}

/** What a window holds. */
export function partOf({ place, window }: CountedWindow): SketchPart {
  return { of: [place], data: window.view() };
}

/** Adds the first `n` values, which no window took. */
export function addOdd(histogram: Histogram, odd: Float32Array, n: number): void {
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = settled(odd[i]);
  histogram.add(values, n);
}

/** Adds the first `n` pairs, of a value that no window took and how often it came. */
export function addOddTimes(histogram: Histogram, odd: Float32Array, n: number): void {
  const times = new Uint32Array(odd.buffer, odd.byteOffset, 2 * n);
  for (let i = 0; i < 2 * n; i += 2) histogram.merge(repeatedValue(settled(odd[i]), times.slice(i + 1, i + 2)));
}
