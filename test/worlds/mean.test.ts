// Sharing a variable never changes the mean over all worlds and queries. Oracle: the closed mean of a product of independent factors.
// What it cannot see: quantiles, which sharing does change.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { asksForWorlds, runWorlds } from '../../src/worlds/run-worlds.js';
import { uncertaintyRows } from '../../src/worlds/uncertainty-rows.js';
import { scenarioOf } from '../analysis/scenarios.js';
import { tries } from '../needs.js';

const WORLDS = 300;
const SAMPLES = 1024;
const SIGMAS = { power_utilization: 0.25, pue: 0.1, tps: 0.4 };
type Name = keyof typeof SIGMAS;

const vary = (share: number) => (share === 0 ? '' : `, vary: ${share === 1 ? 'shared' : `{ shared: ${share} }`}`);

const text = (shares: Readonly<Record<Name, number>>, seed: number) => `
version: 1
name: mean
seed: ${seed}
samples: 1024
uncertainty: { worlds: ${WORLDS}, samples: ${SAMPLES} }
node_power_kw: 10
models: { One: { tps: { lognormal: { mu: 6.5, sigma: ${SIGMAS.tps} }${vary(shares.tps)} } } }
power_utilization: { lognormal: { mu: -0.8, sigma: ${SIGMAS.power_utilization} }${vary(shares.power_utilization)} }
pue: { lognormal: { mu: 0.4, sigma: ${SIGMAS.pue} }${vary(shares.pue)} }
input_tokens: 500
output_tokens: 400
regimes: { traditional: {} }
`;

/** Wh: energy is proportional to utilisation and PUE, and to 1 / tps, all lognormal. */
const MU = Math.log((10 * 400) / 3.6) - 0.8 + 0.4 - 6.5;
const SQUARES = Object.values(SIGMAS).reduce((sum, sigma) => sum + sigma ** 2, 0);
const MEAN_WH = Math.exp(MU + SQUARES / 2);

const share = fc.constantFrom(0, 0.3, 0.7, 1);

test('whatever is shared, and how much of it, the mean of the worlds’ means is the mean of a query', async () => {
  const shares = fc.record({ power_utilization: share, pue: share, tps: share });
  await fc.assert(
    fc.asyncProperty(shares, fc.integer({ min: 1, max: 1e6 }), async (shares, seed) => {
      const scenario = await scenarioOf(text(shares, seed));
      if (!asksForWorlds(scenario)) throw new Error('the scenario asks for no worlds');
      const worlds = await runWorlds(poolOn(callingThread(REFERENCE_ENGINE)), scenario, []);
      const found = uncertaintyRows(worlds).find((row) => row.metric === 'energy' && row.statistic === 'mean');
      const between = Number(found?.std) / Math.sqrt(WORLDS);
      // All worlds have the same queries, whose own spread is at most that of everything; means lie within 1e-4 of their draws'.
      const within = (MEAN_WH * Math.sqrt(Math.exp(SQUARES) - 1)) / Math.sqrt(SAMPLES);
      expect(Math.abs(Number(found?.mean) - MEAN_WH)).toBeLessThan(5 * Math.hypot(between, within) + 1e-4 * MEAN_WH);
    }),
    { seed: 1, numRuns: tries(4, 16) },
  );
});
