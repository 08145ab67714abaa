import type { Path } from '../errors.js';

/** What is wrong with a value of a scenario's section: where it stands below the section, and what to do about it. */
export interface Complaint {
  /** Keys from the section down; empty for the section as a whole. */
  readonly path: Path;
  /** What was found, what was expected, what to write instead. */
  readonly message: string;
}

/** Smallest and largest value that a number of the scenario can take; equal for a constant. */
export type Range = readonly [low: number, high: number];

/** How a complaint quotes such a number: `1.2`, or `0.5 to 1.2`. */
export function rangeFound([low, high]: Range): string {
  return low === high ? `${low}` : `${low} to ${high}`;
}
