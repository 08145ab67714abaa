import { expect } from 'vitest';
import { differences, differencesText } from './differences.js';
import { readExpectation } from './expectation.js';
import { readExtras } from './extras.js';
import type { FoundTable } from './found-table.js';

/** Fails with all differences, a line for each column, unless the tables are to the bit what these files expect. */
export async function expectPinned(files: readonly string[], found: readonly FoundTable[]): Promise<void> {
  const expected = (await Promise.all(files.map(readExpectation))).flat();
  const text = differencesText(differences(expected, found, await readExtras()));
  if (text !== '') expect.fail(`${files[0]} moved (see test/pins/write.mjs):\n${text}`);
}
