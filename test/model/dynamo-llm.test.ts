// DynamoLLM's saving as the model has it (bench/dynamo-llm.mjs): which element carries it, and that they are not multiplied.
// What it cannot see: the paper's own split by element, which only its figures have.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileLoad, energyFactorOf } from '../../src/model/load/node-hours.js';
import { shipped } from './load-profiles.js';

const SCRIPT = fileURLToPath(new URL('../../bench/dynamo-llm.mjs', import.meta.url));

interface Figure {
  readonly profile: string;
  readonly on: readonly string[];
  /** With clocks from 0.4 of the highest on, and with measured ones alone. */
  readonly savings: readonly number[];
}

const figures: Figure[] = JSON.parse(execFileSync(process.execPath, [SCRIPT, '--json'], { encoding: 'utf8' }));

function saving(profile: string, on: readonly string[], clocks = 0): number {
  const figure = figures.find((one) => one.profile === profile && one.on.join() === on.join());
  if (!figure) throw new Error(`no figure for ${profile} with ${on.join()}`);
  return figure.savings[clocks];
}

const [CONVERSATION, CODE] = ['azure-2024-conversation', 'azure-2024-code'] as const;
const ALL = ['instances', 'sharding', 'frequency'];

describe('DynamoLLM by the model', () => {
  it.each([
    [CONVERSATION, 0.62],
    [CODE, 0.77],
  ])(
    'saves more on %s with all elements than the published 53 %%: %f, since changing costs nothing here',
    (profile, all) => {
      expect(saving(profile, ALL)).toBeCloseTo(all, 2);
      expect(saving(profile, ALL)).toBeGreaterThan(0.53);
    },
  );

  it.each([CONVERSATION, CODE])(
    'has instances save on %s what autoscaling saves a static fleet whose free nodes draw nothing',
    (name) => {
      const power = { parked: 0, active: 0.64 / 0.84 };
      const factor = (floor: number) =>
        energyFactorOf(compileLoad(shipped(name), 0).nodeHours({ peak_load: 0.9, growth: 1, floor }), power);
      expect(saving(name, ['instances'])).toBeCloseTo(1 - factor(0) / factor(1), 9);
    },
  );

  it('does not multiply instances and frequency, which live on the same slack', () => {
    for (const profile of [CONVERSATION, CODE]) {
      const left = (on: readonly string[]) => 1 - saving(profile, on);
      expect(left(['instances', 'frequency'])).toBeGreaterThan(1.1 * left(['instances']) * left(['frequency']));
      expect(left(['instances', 'sharding'])).toBeCloseTo(left(['instances']) * left(['sharding']), 9);
    }
  });

  it('has instances carry most of what it saves at measured clocks', () => {
    for (const profile of [CONVERSATION, CODE]) {
      const without = (element: string) =>
        saving(profile, ALL, 1) -
        saving(
          profile,
          ALL.filter((one) => one !== element),
          1,
        );
      expect(without('instances')).toBeGreaterThan(without('sharding'));
      expect(without('instances')).toBeGreaterThan(without('frequency'));
    }
  });
});
