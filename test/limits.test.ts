// What a scenario may ask. Cannot see what the machine has: a limit is a number, not a measurement of free memory.
import { expect, test } from 'vitest';
import { checkLimits, DEFAULT_LIMITS, limitsOf } from '../src/limits.js';
import { smallScenario } from './small-run.js';

const scenario = await smallScenario();

test('a scenario within its limits passes, and one over them is told of each, with the variable that moves it', () => {
  checkLimits('s.yaml', scenario, DEFAULT_LIMITS);
  checkLimits('s.yaml', scenario, { samples: 600_001, outputs: 100 });
  expect(() => checkLimits('s.yaml', scenario, { samples: 300_000, outputs: 3 })).toThrow(
    /^s\.yaml: asks for 600001 samples, at most 300000 allowed; TOKENJOULE_MAX_SAMPLES moves the limit\ns\.yaml: asks for \d+ outputs, at most 3 allowed; TOKENJOULE_MAX_OUTPUTS/,
  );
});

test('limits come from the environment, and what is no number there is refused', () => {
  expect(limitsOf({})).toEqual(DEFAULT_LIMITS);
  expect(limitsOf({ TOKENJOULE_MAX_SAMPLES: '5', TOKENJOULE_MAX_OUTPUTS: '' })).toEqual({
    ...DEFAULT_LIMITS,
    samples: 5,
  });
  expect(() => limitsOf({ TOKENJOULE_MAX_SAMPLES: 'many' })).toThrow('takes a whole number from 1 on; found "many"');
});
