import { square } from '../../distributions/elementary.js';
import { lnLength, type ThroughputRow } from './throughput.js';

/** Points where input·ln(input tokens) + output·ln(output tokens) is at most `bound`. */
export interface HalfPlane {
  readonly input: number;
  readonly output: number;
  readonly bound: number;
}

type Point = readonly [lnInput: number, lnOutput: number];

/** Area, relative to the square of the span, below which points lie on a line. */
const FLAT = 1e-10;

/** A row lies on the hull but for rounding, in ln. */
const ROUNDING = 1e-9;

/**
 * The convex hull of the rows in ln lengths as half-planes: lengths inside all of them lie between measurements. Undefined where
 * the rows do not span an area. Source of the chain: Andrew 1979, Inf. Process. Lett. 9, 216.
 */
export function hullOf(
  rows: readonly Pick<ThroughputRow, 'input_tokens' | 'output_tokens'>[],
): HalfPlane[] | undefined {
  const points = rows.map((row): Point => [lnLength(row.input_tokens), lnLength(row.output_tokens)]);
  const sorted = points.sort(([x1, y1], [x2, y2]) => x1 - x2 || y1 - y2);
  const corners = [...chain(sorted), ...chain([...sorted].reverse())];
  if (corners.length < 3 || areaOf(corners) < FLAT * square(spanOf(sorted))) return undefined;
  return corners.map((corner, i) => edge(corner, corners[(i + 1) % corners.length]));
}

/** Whether lengths lie outside the hull. A length below 0 is none, and lies off nothing. */
export function isOffHull(hull: readonly HalfPlane[], input_tokens: number, output_tokens: number): boolean {
  if (input_tokens < 0 || output_tokens < 0) return false;
  const [x, y] = [lnLength(input_tokens), lnLength(output_tokens)];
  return hull.some(({ input, output, bound }) => input * x + output * y > bound);
}

/** The lower chain of sorted points, or the upper one of those in reverse, without its last. */
function chain(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) kept.pop();
    kept.push(point);
  }
  return kept.slice(0, -1);
}

/** Twice the area of a triangle: above 0 where it turns left. */
function turn([x1, y1]: Point, [x2, y2]: Point, [x3, y3]: Point): number {
  return (x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1);
}

/** The half-plane left of an edge, its coefficients of length 1. */
function edge([x1, y1]: Point, [x2, y2]: Point): HalfPlane {
  const length = Math.sqrt(square(x2 - x1) + square(y2 - y1));
  const [input, output] = [(y2 - y1) / length, (x1 - x2) / length];
  return { input, output, bound: input * x1 + output * y1 + ROUNDING };
}

function areaOf(corners: readonly Point[]): number {
  const [first] = corners;
  return corners.slice(2).reduce((sum, corner, i) => sum + turn(first, corners[i + 1], corner), 0) / 2;
}

function spanOf(points: readonly Point[]): number {
  const range = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  return Math.max(range(points.map(([x]) => x)), range(points.map(([, y]) => y)));
}
