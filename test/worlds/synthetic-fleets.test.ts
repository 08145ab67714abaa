// Whether a fleet's truth is inside what its day is known to as often as said: synthetic fleets are worlds of the same scenario by other
// seeds, so what it cannot see is a model that is wrong. bench/fleets.mjs draws 10,000 fleets of the paper's scenario.
import { expect, test } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { overWorlds } from '../../src/worlds/over-worlds.js';
import { runWorlds } from '../../src/worlds/run-worlds.js';
import { fleetMixes, fleetValues } from '../../src/worlds/world-fleet.js';
import { scenarioOf } from '../analysis/scenarios.js';

const INTERVALS = 40;
const FLEETS_EACH = 50;
const WORLDS = 500;

const TEXT = `
version: 1
name: fleets
seed: s
samples: 1024
uncertainty: { worlds: ${WORLDS}, samples: 1024 }
node_power_kw: 10
models: { One: { tps: 900 }, Two: { tps: 700 } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 }, vary: shared }
pue: { lognormal: { p5: 1.05, p95: 1.6 }, vary: shared }
input_tokens: 500
output_tokens: { exponential: { median: 300 } }
regimes: { traditional: {} }
blends: { Both: { models: [One, Two] } }
fleet: { blend: Both, queries_per_day: 1.0e+7, beta: 1.3, mixes: { everything: { traditional: 1 } } }
`;

test('of 2,000 synthetic fleets 90 % have the energy of their day inside P5 to P95 of another seed’s worlds', async () => {
  const scenario = await scenarioOf(TEXT);
  const { blends } = await simulateHere(scenario, { kernel: 'reference' });
  const pool = poolOn(callingThread(REFERENCE_ENGINE));
  const daysOf = async (seed: string, worlds: number) => {
    const asked = { ...scenario, seed, uncertainty: { worlds, samples: 1024 } };
    const found = await runWorlds(pool, asked, blends.plan.blends);
    return fleetValues(found, fleetMixes(found)[0]);
  };
  let inside = 0;
  for (let i = 0; i < INTERVALS; i++) {
    const { p05, p95 } = overWorlds(await daysOf(`interval ${i}`, WORLDS), 0);
    for (const truth of await daysOf(`truth ${i}`, FLEETS_EACH))
      if (truth >= Number(p05) && truth <= Number(p95)) inside++;
  }
  // Standard error of the share: 0.007 of 2,000 fleets, 0.002 of the ends of 40 intervals of 500 worlds each.
  expect(Math.abs(inside / (INTERVALS * FLEETS_EACH) - 0.9)).toBeLessThan(0.022);
});
