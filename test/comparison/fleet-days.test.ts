// Days of two fleets against each other: closed forms, the fleets of two runs of the same draws, and the interval over seeds. What it
// cannot see: days of a fleet with improvements, which are not compared.
import { describe, expect, it } from 'vitest';
import { compareScenarios } from '../../src/comparison/compare.js';
import { compareSummaries } from '../../src/comparison/compare-results.js';
import { fleetDays } from '../../src/result/fleet-days.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import type { CompareRow } from '../../src/tables/studies.js';

const WRITTEN = {
  version: 1,
  name: 'a',
  samples: 4096,
  models: { big: { tps: 500, node_power_kw: 10 }, small: { tps: 2000, node_power_kw: 10 } },
  power_utilization: 0.6,
  pue: { lognormal: { p5: 1.1, p95: 1.5 } },
  input_tokens: 500,
  regimes: {
    chat: { output_tokens: { lognormal: { p5: 100, p95: 900 } } },
    long: { output_tokens: { lognormal: { p5: 1000, p95: 9000 } } },
  },
  blends: { both: { models: ['big', 'small'] } },
  fleet: {
    blend: 'both',
    queries_per_day: 1e7,
    beta: 1.2,
    mixes: { chats: { chat: 1 }, mixed: { chat: 0.9, long: 0.1 } },
  },
};

const scenario = (changed: object = {}) =>
  scenarioFromText(JSON.stringify({ ...WRITTEN, ...changed }), 'own.json', async (_, refuse) => refuse('no dataset'));

const days = (rows: readonly CompareRow[], mix: string) => {
  const of = (quantity: string) => rows.find((row) => row.quantity === quantity && row.subject === mix)!;
  return { ratio: of('energy_per_day_ratio'), difference: of('energy_per_day_difference') };
};

describe('days of fleets over the same draws', () => {
  it('differ by what differs for certain, without any error', async () => {
    const [a, b] = [
      await scenario(),
      await scenario({ name: 'b', power_utilization: 0.3, fleet: { ...WRITTEN.fleet, queries_per_day: 3e7 } }),
    ];
    const { compare } = await compareScenarios(a, b, { samples: 4096 });
    for (const mix of ['chats', 'mixed']) {
      const { ratio } = days(compare, mix);
      expect(ratio).toMatchObject({ regime: 'all', subject_kind: 'mix', paired: 'yes', unit: '1', p50: null });
      expect(ratio.mean).toBeCloseTo(1.5, 10);
      expect(Number(ratio.mean_high) - Number(ratio.mean_low)).toBeLessThan(1e-6);
    }
  });

  it('are those of two runs, whose difference has less error than either, for the draws are shared', async () => {
    const [a, b] = [
      await scenario(),
      await scenario({ name: 'b', models: { ...WRITTEN.models, big: { tps: 400, node_power_kw: 10 } } }),
    ];
    const { compare } = await compareScenarios(a, b, { samples: 4096 });
    const [inA, inB] = await Promise.all(
      [a, b].map(
        async (one) => fleetDays(await simulateHere(one, { kernel: 'reference' })).find(({ mix }) => mix === 'mixed')!,
      ),
    );
    const { ratio, difference } = days(compare, 'mixed');
    expect(difference.unit).toBe('MWh/day');
    // Runs count in bins of 1e-4.
    expect(ratio.mean! / (inB.gwh_per_day / inA.gwh_per_day)).toBeCloseTo(1, 4);
    expect(difference.mean! / (1000 * (inB.gwh_per_day - inA.gwh_per_day))).toBeCloseTo(1, 3);
    const width = Number(ratio.mean_high) - Number(ratio.mean_low);
    expect(width).toBeLessThan(0.1 * ((inA.gwh_high - inA.gwh_low) / inA.gwh_per_day));
    const results = compareSummaries(
      { rows: [], metadata: {}, days: [dayOf('a', inA)] },
      { rows: [], metadata: {}, days: [dayOf('b', inB)] },
      'a',
      'b',
    );
    const apart = days(results.compare, 'mixed').ratio;
    expect(apart.mean).toBeCloseTo(inB.gwh_per_day / inA.gwh_per_day, 12);
    expect(apart).toMatchObject({ paired: 'no', mean_low: inB.gwh_low / inA.gwh_high });
  });

  it('have an interval that holds the true ratio for 19 of 20 seeds', async () => {
    // Means of lognormals: what B's PUE has of spread moves its day by half the variance.
    const sigma = (p5: number, p95: number) => Math.log(p95 / p5) / (2 * 1.6448536269514722);
    const mean = (p5: number, p95: number) => Math.sqrt(p5 * p95) * Math.exp(sigma(p5, p95) ** 2 / 2);
    const truth = mean(1.1, 2) / mean(1.1, 1.5);
    const seeds = 60;
    let held = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const [a, b] = [
        await scenario({ seed: `${seed}` }),
        await scenario({ seed: `${seed}`, pue: { lognormal: { p5: 1.1, p95: 2 } } }),
      ];
      const { ratio } = days((await compareScenarios(a, b, { samples: 1024 })).compare, 'mixed');
      if (Number(ratio.mean_low) <= truth && truth <= Number(ratio.mean_high)) held++;
    }
    // Of 60 at 95 % there are fewer than 51 once in 500 times.
    expect(held).toBeGreaterThanOrEqual(51);
  });

  it('are not there for mixes of other names, nor without a fleet', async () => {
    const renamed = await scenario({ fleet: { ...WRITTEN.fleet, mixes: { others: { chat: 1 } } } });
    const { fleet: _, ...without } = WRITTEN;
    const none = await scenarioFromText(JSON.stringify(without), 'own.json', async (__, refuse) => refuse('none'));
    for (const other of [renamed, none]) {
      const { compare } = await compareScenarios(await scenario(), other, { samples: 1024 });
      expect(compare.filter(({ subject_kind }) => subject_kind === 'mix')).toEqual([]);
    }
  });
});

function dayOf(
  name: string,
  { mix, improvement, gwh_per_day, gwh_low, gwh_high, formula, boundary }: ReturnType<typeof fleetDays>[number],
) {
  return {
    scenario: name,
    mix,
    improvement,
    queries_per_day: 1e7,
    gwh_per_day,
    gwh_low,
    gwh_high,
    beta: 1.2,
    formula,
    boundary,
  };
}
