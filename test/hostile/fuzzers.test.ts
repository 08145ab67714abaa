// The fuzzers of bench/ run and find nothing in a second of each; seeds of what they found once are read, or refused
// with a message. Cannot see what they would find in an hour: see bench/fuzz-scenarios.mjs and bench/fuzz-tables.mjs.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { sweepFromText } from '../../src/scenario/sweep-from-text.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { refusalOf } from './damage.js';

const SEEDS = 'test/hostile/seeds';
const execute = promisify(execFile);

test.each(['scenarios', 'tables'])('a second of %s changed at random finds nothing', needs('minutes'), (what) =>
  inTemporaryFolder(async (folder) => {
    const { stdout } = await execute(process.execPath, [`bench/fuzz-${what}.mjs`, '1', 'test', folder]);
    expect(stdout).toMatch(/: [1-9]\d* inputs in 1 s, \d+ refused with a message, .*, 0 kinds of findings\n$/);
  }),
);

test.each(await readdir(SEEDS))(
  'the seed %s is read, or refused with a message, as it is and as a sweep',
  async (name) => {
    const text = await readFile(join(SEEDS, name), 'utf8');
    const bytes = await readFile('scenarios/data/throughput-oviedo.csv');
    const dataset = async () => ({ name: 'd.csv', bytes });
    const refusals = [
      await refusalOf(scenarioFromText(text, name, dataset)),
      await refusalOf(sweepFromText(text, name, dataset, {}, 20)),
    ];
    for (const refusal of refusals) expect(refusal ?? '').not.toMatch(/undefined|\[object |is not a function/);
  },
);
