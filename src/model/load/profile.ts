import type { Complaint } from '../complaint.js';

/** Load of a service by hour, UTC; what follows the last hour is the first. */
export interface LoadProfile {
  /** Load of each hour over that of the peak hour, in [0, 1]; the peak hour has 1. 24 hours of a day or 168 of a week. */
  readonly relative: readonly number[];
  /** Mean of `relative`, in (0, 1]: mean load over peak load. */
  readonly mean: number;
  /** Whether some hour has no load at all. */
  readonly pauses: boolean;
}

/** Hours of a day, and of a week that starts on Monday at 00:00 UTC. */
export const HOURS_OF_DAY = 24;
export const HOURS_OF_WEEK = 168;

/** What keeps numbers from being a load profile; none if they are one. Their unit is free: only their ratios count. */
export function profileComplaints(values: readonly number[]): Complaint[] {
  const single = values.flatMap((value, hour) => hourComplaints(value, hour));
  if (values.length !== HOURS_OF_DAY && values.length !== HOURS_OF_WEEK) return [lengthComplaint(values), ...single];
  if (single.length > 0 || values.some((value) => value > 0)) return single;
  return [{ path: [], message: 'has no load in any hour; at least one hour needs a number above 0' }];
}

function lengthComplaint({ length }: readonly number[]): Complaint {
  const expected = `expected ${HOURS_OF_DAY} numbers (the hours of a day, UTC) or ${HOURS_OF_WEEK} (of a week from Monday)`;
  return { path: [], message: `${expected}; found ${length}` };
}

function hourComplaints(value: number, hour: number): Complaint[] {
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return [];
  return [{ path: [hour], message: `load must be a finite number of at least 0; found ${value}` }];
}

/**
 * The profile of hourly loads that have no complaint.
 *
 * @param values load by hour in any unit, e.g. queries per minute; 24 from 00:00 UTC, or 168 from Monday 00:00 UTC
 */
export function loadProfile(values: readonly number[]): LoadProfile {
  const peak = Math.max(...values);
  const relative = values.map((value) => value / peak);
  return {
    relative,
    mean: relative.reduce((sum, load) => sum + load, 0) / relative.length,
    pauses: relative.includes(0),
  };
}
