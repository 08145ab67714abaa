import { describe, it } from 'vitest';

/** A part of the whole matrix of pins, which runs where it is asked for, as `.ci/run` does; `npm test` runs pins.test.ts. */
export function wholeMatrix(part: string, tests: () => void): void {
  if (process.env.TOKENJOULE_ALL_TESTS === '1') describe(part, tests);
  else it.skip(`${part}: minutes, run with TOKENJOULE_ALL_TESTS=1`);
}
