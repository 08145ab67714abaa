import type { Path } from '../../errors.js';
import { latinHypercube } from '../../random/latin-hypercube-points.js';
import { sobolPoints } from '../../random/sobol-points.js';
import { streamKey } from '../../random/streams.js';
import { axisLength, type GridAxis, type SampledAxis, type Sweep } from '../sections/sweep.js';
import { type AxisValue, axisValues, valueAt } from './axis-value.js';

/** A swept key, and where in the scenario its values stand. */
export interface SweptKey {
  readonly key: string;
  readonly place: Path;
}

/** The swept keys, in the order of their columns. */
export function sweptKeys({ over = {}, zip = {}, sample }: Sweep): SweptKey[] {
  const under = (place: Path, axes: object) => Object.keys(axes).map((key) => ({ key, place: [...place, key] }));
  return [
    ...under(['sweep', 'over'], over),
    ...under(['sweep', 'zip'], zip),
    ...under(['sweep', 'sample', 'over'], sample?.over ?? {}),
  ];
}

/** Each cell's values, in the order of the swept keys; the last key of the grid varies faster than the first. */
export function cellValues(sweep: Sweep, seed: string): AxisValue[][] {
  const { over = {}, zip = {}, sample } = sweep;
  const parts = [...Object.values(over).map(gridPart), zipPart(zip), sample ? samplePart(sample, seed) : [[]]];
  return parts.reduce((cells, part) => cells.flatMap((cell) => part.map((values) => [...cell, ...values])), [[]]);
}

type Axes<A> = Readonly<Record<string, A>>;

function zipLength(zip: Axes<GridAxis>): number {
  const [first] = Object.values(zip);
  return first === undefined ? 1 : axisLength(first);
}

function gridPart(axis: GridAxis): AxisValue[][] {
  return axisValues(axis).map((value) => [value]);
}

function zipPart(zip: Axes<GridAxis>): AxisValue[][] {
  const columns = Object.values(zip).map(axisValues);
  return Array.from({ length: zipLength(zip) }, (_, i) => columns.map((values) => values[i]));
}

function samplePart({ method, points, over }: NonNullable<Sweep['sample']>, seed: string): AxisValue[][] {
  const keys = Object.keys(over);
  const columns = method === 'sobol' ? sobolColumns(points, keys.length, seed) : hypercubeColumns(points, keys, seed);
  const axes: readonly SampledAxis[] = Object.values(over);
  return Array.from({ length: points }, (_, i) => axes.map((axis, column) => valueAt(axis, columns[column][i])));
}

function sobolColumns(points: number, dimensions: number, seed: string): Float64Array[] {
  const columns = Array.from({ length: dimensions }, () => new Float64Array(points));
  sobolPoints(seed, dimensions)(columns, points);
  return columns;
}

function hypercubeColumns(points: number, keys: readonly string[], seed: string): Float64Array[] {
  // Streams of their own, so that a sampled parameter and the draws of a variable of its name are independent.
  return latinHypercube(
    points,
    keys.map((key) => streamKey(seed, `sweep.${key}`)),
  );
}
