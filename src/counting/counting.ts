import type { OutputPlan, PathwayOutput } from '../plan/plan.js';
import { type Histogram, repeatedValue } from '../sketch/histogram.js';
import type { Sketches, SketchPart } from '../sketch/sketches.js';
import { settled, type Window } from './windows.js';

/** Counts outputs from the columns of the batch just evaluated. */
export interface Counting {
  count(n: number, sketches: Sketches): void;
  /** Counts what was put off until now. */
  settle?(sketches: Sketches): void;
  /** What its windows hold of so many draws. */
  counted(draws: number): SketchPart[];
}

/** An output that is counted in a window. */
export interface CountedWindow {
  /** Of the output in the plan. */
  readonly index: number;
  readonly window: Window;
}

/** An output that is no pathway. */
export interface SingleOutput extends CountedWindow {
  readonly output: Exclude<OutputPlan, PathwayOutput>;
}

/** What the window of an output holds. */
export function partOf({ index, window }: CountedWindow): SketchPart {
  return { outputs: [index], data: window.counted() };
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
