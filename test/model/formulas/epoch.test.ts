// Epoch AI's formula against the figures that it gives. What it cannot see: whether they are right about the world.
import { expect, test } from 'vitest';
import { EPOCH } from '../../../src/model/formulas/epoch.js';
import { NUMBERS } from './numbers.js';

test('500 tokens of a model of 100 billion active parameters take 0.2507 Wh, and 0.3008 with a PUE of 1.2', () => {
  const energy = (pue: number) => EPOCH.energy({ pue, output_tokens: 500, active_params_b: 100 }, NUMBERS);
  expect(energy(1)).toBeCloseTo(0.2507, 4);
  expect(energy(1.2)).toBeCloseTo(0.3008, 4);
});
