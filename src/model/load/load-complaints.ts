import { type Complaint, type Range, rangeFound } from '../complaint.js';
import type { LoadProfile } from './profile.js';
import { servingShare } from './week.js';

/** The numbers of a `load` section, each as the range that it can take. */
export interface LoadRanges {
  readonly peak_load: Range;
  readonly growth: Range;
  /** Of autoscale; 1 for a static fleet, 0 for one that follows its load all the way. */
  readonly floor: Range;
  /** Hours by which the serving nodes follow the load. */
  readonly lag_h: number;
  readonly parked: Range;
  readonly active: Range;
}

/** Rounding that does not count as too much work: a flat profile at load 1 is exactly full. */
const ROUNDING = 1e-9;

/** Everything that is wrong with a `load` section whose profile is right; paths start below `load`. */
export function loadComplaints(profile: LoadProfile, load: LoadRanges): Complaint[] {
  const single = [
    ...within(['peak_load'], load.peak_load, 'must be above 0 and at most 1', (low, high) => low > 0 && high <= 1),
    ...within(['growth'], load.growth, 'must be above 0 and finite', (low, high) => low > 0 && high < Infinity),
    ...within(['autoscale', 'floor'], load.floor, 'must be a share from 0 to 1', isShare),
    ...within(['power', 'parked'], load.parked, 'must be a share from 0 to 1', isShare),
    ...within(['power', 'active'], load.active, 'must be a share from 0 to 1', isShare),
    ...lagComplaints(load.lag_h, profile.relative.length),
    ...orderComplaints(load),
  ];
  return single.length > 0 ? single : overloadComplaints(profile, load);
}

/**
 * Work of the week over what its ready nodes can serve: above 1, queries wait for ever. It rises with each of `peak_load` and
 * `growth`, and falls with `floor`. A lag does not change it.
 */
export function overload(profile: LoadProfile, peak_load: number, growth: number, floor: number): number {
  const ready = profile.relative.reduce((sum, load) => sum + servingShare(load * growth, floor), 0);
  return (peak_load * growth * profile.mean * profile.relative.length) / ready;
}

function isShare(low: number, high: number): boolean {
  return low >= 0 && high <= 1;
}

function within(
  path: Complaint['path'],
  range: Range,
  expected: string,
  isRight: (low: number, high: number) => boolean,
): Complaint[] {
  if (isRight(...range)) return [];
  const remedy = range[0] === range[1] ? '' : '; add min and max';
  return [{ path, message: `${expected}; found ${rangeFound(range)}${remedy}` }];
}

function lagComplaints(lag_h: number, hours: number): Complaint[] {
  if (Number.isInteger(lag_h) && lag_h >= 0 && lag_h < hours) return [];
  return [
    { path: ['autoscale', 'lag_h'], message: `must be a whole number of hours from 0 to ${hours - 1}; found ${lag_h}` },
  ];
}

function orderComplaints({ parked, active }: LoadRanges): Complaint[] {
  if (parked[1] <= active[0]) return [];
  const found = `parked ${rangeFound(parked)}, active ${rangeFound(active)}`;
  const remedy =
    'a parked node draws no more than a serving one: lower parked or raise active, or bound them by max and min';
  return [{ path: ['power', 'parked'], message: `must never be above active; found ${found}; ${remedy}` }];
}

function overloadComplaints(profile: LoadProfile, { peak_load, growth, floor }: LoadRanges): Complaint[] {
  const most = overload(profile, peak_load[1], growth[1], floor[0]);
  if (most <= 1 + ROUNDING) return [];
  const found = `the load is up to ${most.toPrecision(3)} times what the nodes can serve in a week`;
  const remedy = `lower growth or peak_load${floor[0] < 1 ? ', or raise the floor' : ''}`;
  return [{ path: ['growth'], message: `${found}; ${remedy}` }];
}
