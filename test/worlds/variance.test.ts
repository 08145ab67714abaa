// What makes variance, against closed forms of log-linear scenarios (exact) and of a blend whose members differ (by hand). What it
// cannot see: whether anyone shares the right variables.
import { describe, expect, it } from 'vitest';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import type { VarianceRow } from '../../src/tables/worlds.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { dayVarianceRows } from '../../src/worlds/day-variance.js';
import { levelVariance } from '../../src/worlds/level-variance.js';
import { asksForWorlds, runWorlds } from '../../src/worlds/run-worlds.js';
import { queryVarianceRows } from '../../src/worlds/variance-rows.js';
import { builtEngine } from '../built-engine.js';
import { needs } from '../needs.js';

interface Varied {
  readonly models?: string;
  readonly worlds?: number;
  readonly more?: string;
}

const SHARED = ', vary: shared }';
const text = ({ models, worlds = 20, more = '' }: Varied) => `
version: 1
name: known
seed: variance
samples: 2000
uncertainty: { worlds: ${worlds}, samples: 16 }
node_power_kw: { lognormal: { mu: 2, sigma: 0.3 } }
models: ${models ?? `{ One: { tps: { lognormal: { mu: 7, sigma: 0.4 }${SHARED} }, Two: { tps: 100 } }`}
input_tokens: 0
regimes: { short: { output_tokens: 300 } }
power_utilization: { lognormal: { mu: -0.5, sigma: 0.2 }${SHARED}
pue: { lognormal: { mu: 0.2, sigma: 0.1 }, vary: { shared: 0.25 } }
blends: { Both: { models: [One, Two] } }
pathways: { model: { lognormal: { mu: 1, sigma: 0.5 } }, ours: { lognormal: { mu: 1, sigma: 0.6 }${SHARED} }
fleet:
  blend: Both
  queries_per_day: 1e9
  beta: { spare: { lognormal: { mu: 0, sigma: 0.05 }${SHARED}, network: 1.1 }
  mixes: { all: { short: 1 } }
${more}`;

const none = () => Promise.reject(new Error('no dataset is named'));

async function variancesOf(varied: Varied): Promise<readonly VarianceRow[]> {
  const scenario = await scenarioFromText(text(varied), 'known.yaml', none);
  if (!asksForWorlds(scenario)) throw new Error('no worlds');
  const chosen = (await simulateHere(scenario, { kernel: 'reference' })).blends.plan.blends;
  const pool = poolOn(callingThread(await builtEngine()));
  const worlds = await runWorlds(pool, scenario, chosen);
  return [...(await queryVarianceRows(scenario, chosen)).rows, ...(await dayVarianceRows(worlds, { pool, chosen }))];
}

/** Shares of one subject by source. */
function sharesOf(rows: readonly VarianceRow[], subject: string, pathway = 'baseline'): Record<string, number> {
  const own = rows.filter((row) => row.subject === subject && row.pathway === pathway);
  return Object.fromEntries(own.map(({ source, share }) => [source, share ?? Number.NaN]));
}

function shares(variances: Readonly<Record<string, number>>): Record<string, number> {
  const total = Object.values(variances).reduce((sum, one) => sum + one, 0);
  return Object.fromEntries(Object.entries(variances).map(([source, one]) => [source, one / total]));
}

function expectShares(
  found: Readonly<Record<string, number>>,
  exact: Readonly<Record<string, number>>,
  digits: number,
) {
  expect(Object.keys(found).sort()).toEqual(Object.keys(exact).sort());
  for (const [source, share] of Object.entries(exact)) expect(found[source]).toBeCloseTo(share, digits);
}

// Of the queries: node power, three quarters of the PUE.
const ONE = {
  queries: 0.3 ** 2 + 0.75 * 0.1 ** 2,
  'models.One.tps': 0.4 ** 2,
  power_utilization: 0.2 ** 2,
  pue: 0.25 * 0.1 ** 2,
};

describe('shares of log-variance', () => {
  it('are those of lognormal factors exactly, along pathways too', async () => {
    const rows = await variancesOf({});
    expectShares(sharesOf(rows, 'One'), shares(ONE), 9);
    const { 'models.One.tps': _, ...two } = ONE;
    expectShares(sharesOf(rows, 'Two'), shares(two), 9);
  });

  it('add up to 1 in every group of rows, the largest first', async () => {
    const groups = new Map<string, VarianceRow[]>();
    for (const row of await variancesOf({})) {
      const { source: _, share: __, ...names } = row;
      const key = JSON.stringify(names);
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    expect(groups.size).toBe(2 + 3 + 1);
    for (const rows of groups.values()) {
      expect(rows.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(1, 12);
      rows.slice(1).forEach(({ share }, i) => {
        expect(share).toBeLessThanOrEqual(rows[i].share ?? 0);
      });
    }
  });

  it('of a blend whose members differ are the Shapley values of the mixture', needs('minutes'), async () => {
    const rows = await variancesOf({
      models: `{ One: { tps: { lognormal: { mu: 7, sigma: 0.4 }${SHARED} }, Two: { tps: { lognormal: { mu: 6, sigma: 0.6 }${SHARED} } }`,
    });
    // By hand: which model answers (D), and what each of them is known to (a, b), of which a query has one.
    const [d, a, b] = [1 / 4, 0.4 ** 2, 0.6 ** 2];
    const worth = (model: number, one: number, two: number) =>
      model ? d + (one * a) / 2 + (two * b) / 2 : (one * a) / 4 + (two * b) / 4;
    const gain = (of: (rest: readonly [number, number]) => number) =>
      of([0, 0]) / 3 + (of([1, 0]) + of([0, 1])) / 6 + of([1, 1]) / 3;
    const exact = {
      queries: gain(([i, k]) => worth(1, i, k) - worth(0, i, k)) + ONE.queries,
      'models.One.tps': gain(([m, k]) => worth(m, 1, k) - worth(m, 0, k)),
      'models.Two.tps': gain(([m, i]) => worth(m, i, 1) - worth(m, i, 0)),
      power_utilization: ONE.power_utilization,
      pue: ONE.pue,
    };
    const found = sharesOf(rows, 'Both');
    for (const [source, share] of Object.entries(shares(exact)))
      expect(Math.abs(found[source] - share)).toBeLessThan(0.02);
    // A pathway's multiplier adds its own: of queries, or of all of them.
    const total = Object.values(exact).reduce((sum, one) => sum + one, 0);
    expect(sharesOf(rows, 'Both', 'ours')['pathways.ours']).toBeCloseTo(0.36 / (0.36 + total), 2);
    expect(sharesOf(rows, 'Both', 'model').pue).toBeCloseTo(ONE.pue / (0.25 + total), 2);
  });
});

describe('shares of the log-variance of a day', () => {
  it('are those of the shared factors exactly; what queries draw is averaged away', async () => {
    const rows = await variancesOf({ models: '{ One: { tps: 1000 }, Two: { tps: 100 } }' });
    const exact = { power_utilization: 0.2 ** 2, pue: ONE.pue, 'fleet.beta.spare': 0.05 ** 2 };
    expectShares(sharesOf(rows, 'all', 'none'), shares(exact), 9);
  });

  it('are found by drawing some sources anew where they meet in a sum', needs('minutes'), async () => {
    const tps = (mu: number, sigma: number) => `{ tps: { lognormal: { mu: ${mu}, sigma: ${sigma} }${SHARED} }`;
    const rows = await variancesOf({ models: `{ One: ${tps(7, 0.2)}, Two: ${tps(7, 0.1)} }`, worlds: 300 });
    // The day goes with the mean of both 1 / tps, each with half a say.
    const exact = shares({
      'models.One.tps': 0.2 ** 2 / 4,
      'models.Two.tps': 0.1 ** 2 / 4,
      power_utilization: 0.2 ** 2,
      pue: ONE.pue,
      'fleet.beta.spare': 0.05 ** 2,
    });
    const found = sharesOf(rows, 'all', 'none');
    for (const [source, share] of Object.entries(exact)) expect(Math.abs(found[source] - share)).toBeLessThan(0.06);
  });
});

it('a share of a variable divides its variance by Mehler’s formula, exactly where it is linear in the score', () => {
  const linear = levelVariance((score) => 3 + 2 * score, 0.3);
  expect(linear.total).toBeCloseTo(4, 12);
  expect(linear.world).toBeCloseTo(1.2, 12);
  expect(linear.query).toBeCloseTo(2.8, 12);
  // Var exp(sZ) = e^{s²}(e^{s²} − 1); given the world e^{s²}(e^{r s²} − 1).
  const [s2, r] = [0.25, 0.6];
  const lognormal = levelVariance((score) => Math.exp(0.5 * score), r);
  expect(lognormal.total).toBeCloseTo(Math.exp(s2) * (Math.exp(s2) - 1), 10);
  expect(lognormal.world).toBeCloseTo(Math.exp(s2) * (Math.exp(r * s2) - 1), 10);
});
