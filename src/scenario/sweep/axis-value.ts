import { exp, ln } from '../../distributions/elementary.js';
import type { GridAxis, SampledAxis } from '../sections/sweep.js';

/** One value of a swept key, and what stands for it in tables: a number for itself, anything else as text. */
export interface AxisValue {
  readonly value: unknown;
  readonly label: string | number;
}

/** All values of a parameter, in order. */
export function axisValues(axis: GridAxis): AxisValue[] {
  const listed = listedValues(axis);
  if (listed) return listed;
  const { linear, log } = axis as Exclude<GridAxis, readonly unknown[]>;
  const { points } = (linear ?? log)!;
  return Array.from({ length: points }, (_, i) => ranged(axis, points === 1 ? 0 : i / (points - 1)));
}

/** The value of a sampled parameter at a share `u` of its range or list, 0 <= u < 1. */
export function valueAt(axis: SampledAxis, u: number): AxisValue {
  const listed = listedValues(axis);
  return listed ? listed[Math.floor(u * listed.length)] : ranged(axis, u);
}

function listedValues(axis: SampledAxis | GridAxis): AxisValue[] | undefined {
  if ('length' in axis) return axis.map((value) => ({ value, label: labelOf(value) }));
  return axis.named && Object.entries(axis.named).map(([label, value]) => ({ value, label }));
}

function labelOf(value: unknown): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}

function ranged(axis: SampledAxis | GridAxis, u: number): AxisValue {
  const { linear, log } = axis as Exclude<SampledAxis, readonly unknown[]>;
  const value = asWritten(linear ? between(linear, u) : exp(between({ from: ln(log!.from), to: ln(log!.to) }, u)));
  return { value, label: value };
}

function between({ from, to }: { from: number; to: number }, u: number): number {
  return from * (1 - u) + to * u;
}

/** Twelve digits: 1.2 and not 1.2000000000000002, so that a point of a range has the key of the same number in a list. */
function asWritten(value: number): number {
  return Number(value.toPrecision(12));
}
