import { InputError } from '../errors.js';

/** Exit statuses, named in the help text. */
export const DONE = 0;
export const FAILED = 1;
export const BAD_INPUT = 2;
export const UNEXPECTED = 3;

/** The status that tells most of what several files came to: bad input, then a failed run, then a failed expectation. */
export function worstStatus(statuses: readonly number[]): number {
  return [BAD_INPUT, FAILED, UNEXPECTED].find((status) => statuses.includes(status)) ?? DONE;
}

export function statusOf(error: unknown): number {
  return error instanceof InputError ? BAD_INPUT : FAILED;
}
