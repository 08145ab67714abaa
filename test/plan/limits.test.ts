// What a scenario may ask. Cannot see what the machine has: a limit is a number, not a measurement of free memory.
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyzeCommand } from '../../src/commands/analyze.js';
import { checkCommand } from '../../src/commands/check.js';
import { compareCommand } from '../../src/commands/compare.js';
import type { Surroundings } from '../../src/commands/surroundings.js';
import { sweepCommand } from '../../src/commands/sweep.js';
import { checkLimits, DEFAULT_LIMITS, limitsOf, mostOutputs, outputsOf } from '../../src/plan/limits.js';
import { loadScenario } from '../../src/scenario/load.js';
import { inTemporaryFolder } from '../folders.js';
import { smallScenario, smallSource } from '../small-run.js';
import { recording } from '../surroundings.js';

const scenario = await smallScenario();

test('a scenario within its limits passes, and one over them is told of each, with the variable that moves it', () => {
  checkLimits('s.yaml', scenario, DEFAULT_LIMITS);
  checkLimits('s.yaml', scenario, { samples: 1_100_001, outputs: 100 });
  expect(() => checkLimits('s.yaml', scenario, { samples: 300_000, outputs: 3 })).toThrow(
    /^s\.yaml: asks for 1100001 samples, at most 300000 allowed; TOKENJOULE_MAX_SAMPLES moves the limit\ns\.yaml: asks for \d+ outputs, at most 3 allowed; TOKENJOULE_MAX_OUTPUTS/,
  );
});

test('the bound that spares a plan is one: of every shipped scenario, and of one with every key', async () => {
  const shipped = (await readdir('scenarios'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `scenarios/${name}`);
  const files = [...shipped, 'test/pins/every-key.yaml'];
  const scenarios = await Promise.all(files.map((file) => loadScenario(file)));
  for (const one of [scenario, ...scenarios]) expect(mostOutputs(one), one.name).toBeGreaterThanOrEqual(outputsOf(one));
});

test('limits come from the environment, and what is no number there is refused', () => {
  expect(limitsOf({})).toEqual(DEFAULT_LIMITS);
  expect(limitsOf({ TOKENJOULE_MAX_SAMPLES: '5', TOKENJOULE_MAX_OUTPUTS: '' })).toEqual({
    ...DEFAULT_LIMITS,
    samples: 5,
  });
  expect(() => limitsOf({ TOKENJOULE_MAX_SAMPLES: 'many' })).toThrow('takes a whole number from 1 on; found "many"');
});

type Command = (args: readonly string[], around: Surroundings) => Promise<number>;

/** What a command says of the small scenario, thrown or told, where the environment sets a limit. */
async function saidOf(command: Command, flags: readonly string[], environment: Record<string, string>, files = 1) {
  return inTemporaryFolder(async (folder) => {
    const file = join(folder, 's.yaml');
    await writeFile(file, smallSource().text);
    const told: string[] = [];
    const around = { ...recording(), environment, stderr: { write: (text: string) => told.push(text) } };
    const args = [...Array.from({ length: files }, () => file), ...flags, '--quiet'];
    await command(args, around).catch((error: Error) => told.push(error.message));
    return told.join('');
  });
}

const OVER = ['--over', 'samples=10,2000'];

test.each<[string, Command, string[], Record<string, string>, number, string]>([
  ['check', checkCommand, [], { TOKENJOULE_MAX_SAMPLES: '1100000' }, 1, 'asks for 1100001 samples, at most 1100000'],
  ['check', checkCommand, [], { TOKENJOULE_MAX_OUTPUTS: '3' }, 1, 'outputs, at most 3 allowed'],
  [
    'a cell of sweep',
    sweepCommand,
    ['-n', '9', ...OVER],
    { TOKENJOULE_MAX_SAMPLES: '1999' },
    1,
    'asks for 2000 samples',
  ],
  [
    'the base of sweep',
    sweepCommand,
    ['-n', '2001', ...OVER],
    { TOKENJOULE_MAX_SAMPLES: '2000' },
    1,
    'for 2001 samples',
  ],
  ['analyze', analyzeCommand, [], { TOKENJOULE_MAX_OUTPUTS: '3' }, 1, 'outputs, at most 3 allowed'],
  [
    'analyze -n',
    analyzeCommand,
    ['-n', '2097152'],
    { TOKENJOULE_MAX_SAMPLES: '1200000' },
    1,
    'asks for 2097152 samples',
  ],
  ['compare', compareCommand, [], { TOKENJOULE_MAX_SAMPLES: '1100000' }, 2, 'asks for 1100001 samples'],
  [
    'compare -n',
    compareCommand,
    ['-n', '1300000'],
    { TOKENJOULE_MAX_SAMPLES: '1200000' },
    2,
    'asks for 1300000 samples',
  ],
])('%s refuses what is over a limit before it draws', async (_, command, flags, environment, files, expected) => {
  expect(await saidOf(command, flags, environment, files)).toContain(expected);
});
