// Paired comparison and its attribution. What it cannot see: whether the pairing is the one that a question asks for.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareScenarios } from '../../src/comparison/compare.js';
import { shapleyValues } from '../../src/sensitivity/shapley-values.js';
import { SignedHistogram } from '../../src/sketch/signed-histogram.js';
import { comparisonText } from '../../src/terminal/comparison-text.js';
import { SUM_SCENARIO, scenarioOf } from '../analysis/scenarios.js';
import { needs, tries } from '../needs.js';

const TWO = SUM_SCENARIO.replace('{ One: { tps: 1000 } }', '{ One: { tps: 1000 }, Two: { tps: 250 } }');
const BLEND = 'blends: { both: { highest_median_energy: 2 } }';
const SAMPLES = 16_384;
/** Draws of one change. */
const SIZE = tries(4096, 8192);

describe('a paired comparison', () => {
  it('of a scenario with itself is the ratio 1 and the difference 0, exactly', async () => {
    const scenario = await scenarioOf(TWO, BLEND);
    const { compare, attribution, notes } = await compareScenarios(scenario, scenario, { samples: SAMPLES });
    expect(compare.map(({ subject }) => subject)).toEqual(['One', 'One', 'Two', 'Two', 'both', 'both']);
    for (const { quantity, p05, p50, p95, std, paired } of compare) {
      const value = quantity === 'energy_ratio' ? 1 : 0;
      expect([p05, p50, p95, std, paired]).toEqual([value, value, value, 0, 'yes']);
    }
    expect(attribution).toEqual([]);
    expect(notes).toContain('nothing that changes the energy of a query differs');
  });

  it('shows a factor that differs in each draw alike as a ratio without spread', async () => {
    const a = await scenarioOf(SUM_SCENARIO);
    const b = await scenarioOf(SUM_SCENARIO.replace('node_power_kw: 10', 'node_power_kw: 12'));
    const { compare, attribution } = await compareScenarios(a, b, { samples: SAMPLES });
    const [ratio, difference] = compare;
    for (const value of [ratio.p05, ratio.p50, ratio.p95]) expect(value).toBeCloseTo(1.2, 12);
    // Where in its bin a draw lies is kept to 2^-33 of it.
    expect(ratio.mean).toBeCloseTo(1.2, 9);
    expect(ratio.n + ratio.n_dropped).toBe(SAMPLES);
    expect(ratio.n_dropped).toBeGreaterThan(0);
    expect(difference.n).toBe(SAMPLES);
    expect(attribution.map(({ parameter }) => parameter)).toEqual(['node_power_kw']);
    expect(difference.p50! / (0.2 * attribution[0].p50_a!)).toBeCloseTo(1, 3);
  });

  it('attributes what load and managed power do to the median', async () => {
    const halves = `[${[...Array(12).fill(1), ...Array(12).fill(0.5)].join(', ')}]`;
    const managed = `load: { profile: ${halves}, peak_load: 1, power: { parked: 0, active: 0.5 } }\npower_management: { cap: 0.8 }\n`;
    const [a, b] = [await scenarioOf(SUM_SCENARIO), await scenarioOf(SUM_SCENARIO, managed)];
    const { attribution, notes } = await compareScenarios(a, b, { samples: 4096 });
    expect(attribution.map(({ parameter }) => parameter)).toEqual(['load', 'power_management']);
    const [{ p50_a, p50_b }] = attribution;
    expect(attribution.reduce((sum, { change }) => sum + change!, 0)).toBeCloseTo(p50_b! - p50_a!, 9);
    expect(notes).not.toContain('nothing that changes the energy of a query differs');
  });

  it('has the ratio of two lognormals of one stream in closed form', async () => {
    // utilisation in A over a constant in B: ln ratio is normal, with the sigma of its P5 and P95.
    const b = await scenarioOf(SUM_SCENARIO.replace(/power_utilization: .*/, 'power_utilization: 0.6'));
    const { compare } = await compareScenarios(await scenarioOf(SUM_SCENARIO), b, { samples: SAMPLES });
    const [ratio] = compare;
    expect(ratio.p50_ci_low).toBeLessThan(1);
    expect(ratio.p50_ci_high).toBeGreaterThan(1);
    expect(ratio.p05).toBeCloseTo(0.6 / 0.9, 1);
    expect(ratio.p95).toBeCloseTo(0.6 / 0.4, 1);
  });

  it('attributes the change of every median to what differs, adding up exactly', needs('minutes'), async () => {
    const a = await scenarioOf(TWO, BLEND);
    const changed = TWO.replace('node_power_kw: 10', 'node_power_kw: 12')
      .replace('median: 300', 'median: 700')
      .replace('tps: 250', 'tps: 400')
      .replace('p5: 1.05', 'p5: 1.1');
    const b = await scenarioOf(changed, `${BLEND}\ncorrelation: { output_tokens: { pue: 0.5 } }`);
    const { attribution } = await compareScenarios(a, b, { samples: tries(1024, 4096) });
    const parameters = ['output_tokens', 'pue', 'node_power_kw', 'throughput', 'correlation'];
    for (const subject of ['One', 'Two', 'both']) {
      const rows = attribution.filter((row) => row.subject === subject);
      expect(rows.map(({ parameter }) => parameter)).toEqual(parameters);
      const sum = rows.reduce((all, { change }) => all + change!, 0);
      const whole = rows[0].p50_b! - rows[0].p50_a!;
      expect(Math.abs(sum - whole)).toBeLessThan(1e-12 * rows[0].p50_b!);
      expect(rows[0].change).toBeGreaterThan(0);
    }
    const ofOne = attribution.filter((row) => row.subject === 'One');
    // The throughput of the other model is nothing to this one.
    expect(ofOne.find(({ parameter }) => parameter === 'throughput')!.change).toBeCloseTo(0, 12);
  });

  it(
    'tells the Monte Carlo error of each change, which falls as more is drawn and is about what other seeds differ by',
    needs('minutes'),
    async () => {
      const changed = SUM_SCENARIO.replace('p5: 1.05, p95: 1.6', 'p5: 1.2, p95: 1.9').replace(
        'median: 300',
        'median: 360',
      );
      const change = async (seed: string, samples: number) => {
        const [a, b] = await Promise.all(
          [SUM_SCENARIO, changed].map((text) => scenarioOf(text.replace('seed: s', `seed: ${seed}`))),
        );
        const { attribution } = await compareScenarios(a, b, { samples });
        return attribution.find(({ parameter }) => parameter === 'pue')!;
      };
      const rows = await Promise.all(Array.from({ length: tries(10, 24) }, (_, i) => change(`s${i}`, SIZE)));
      const changes = rows.map((row) => row.change!);
      const mean = changes.reduce((sum, one) => sum + one, 0) / changes.length;
      const spread = Math.sqrt(changes.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (changes.length - 1));
      const stated = Math.sqrt(rows.reduce((sum, row) => sum + row.change_mc_error! ** 2, 0) / rows.length);
      // Both are known to about a sixth of 24 seeds, 23 and 24 · 7 degrees of freedom, and to about a quarter of 10.
      const within = tries(2, 1.6);
      expect(stated / spread).toBeGreaterThan(1 / within);
      expect(stated / spread).toBeLessThan(within);
      const more = await change('s0', 8 * SIZE);
      expect(more.change_mc_error!).toBeLessThan(0.7 * stated);
      expect((await change('s0', 1024)).change_mc_error).toBeNull();
    },
  );

  it('prints low ends first and each change with its error', async () => {
    const b = await scenarioOf(
      SUM_SCENARIO.replace('p5: 1.05, p95: 1.6', 'p5: 1.3, p95: 1.4').replace('name: sum', 'name: b'),
    );
    const a = await scenarioOf(SUM_SCENARIO);
    const comparison = await compareScenarios(a, b, { samples: 8192 });
    expect(comparisonText(comparison, 'out')).toMatch(
      /traditional, change of the median, Wh \(± its Monte Carlo error\) +A +pue +B\n {2}One +0\.\d+ +\+0\.\d+ ± 0\.0\d+ +0\.\d+/,
    );
    // Two results: the ratio of the P95s is below that of the P5s.
    const [ratio, difference] = comparison.compare;
    const crossed = { ...ratio, p05: 1.09, p50: 1.05, p95: 1.02, p50_ci_low: 1.04, p50_ci_high: 1.06 };
    const text = comparisonText({ ...comparison, compare: [crossed, { ...difference, p05: 0.2, p95: -0.1 }] }, 'out');
    expect(text).toMatch(/One +1\.050 +1\.040–1\.060 +1\.02–1\.09 +1\.05 +[\d.-]+ +-0\.100–0\.200/);
  });

  it('says what only one of the two has, and compares the rest', async () => {
    const { compare, notes } = await compareScenarios(await scenarioOf(SUM_SCENARIO), await scenarioOf(TWO, BLEND), {
      samples: 1024,
    });
    expect(compare.map(({ subject }) => subject)).toEqual(['One', 'One']);
    expect(notes).toContain('only sum has the model Two');
  });

  it('is refused where the seeds differ', async () => {
    const b = await scenarioOf(SUM_SCENARIO.replace('seed: s', 'seed: t'));
    await expect(compareScenarios(await scenarioOf(SUM_SCENARIO), b, { samples: 1024 })).rejects.toThrow(
      'the seeds differ ("s" in sum, "t" in sum), so draws would not be paired; give both one with --seed',
    );
  });
});

describe('Shapley values', () => {
  it('of any game add up to what all gain over none, and give a player without influence nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (worths) => {
          // Four players, the last without influence.
          const values = shapleyValues(4, (coalition) => worths[coalition & 7]);
          expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(worths[7] - worths[0], 9);
          expect(values[3]).toBe(0);
        },
      ),
      { seed: 6 },
    );
  });

  it('of the glove game are 2/3, 1/6 and 1/6', () => {
    // Player 0 has a left glove, 1 and 2 a right one each; a pair is worth 1.
    const values = shapleyValues(3, (coalition) => ((coalition & 1) === 1 && (coalition & 6) !== 0 ? 1 : 0));
    [2 / 3, 1 / 6, 1 / 6].forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 12);
    });
  });
});

describe('a histogram of either sign', () => {
  it('has the moments and quantiles of its values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 }), (list) => {
        const histogram = new SignedHistogram();
        histogram.add(Float64Array.from(list), list.length);
        const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
        expect(histogram.n).toBe(list.length);
        expect(Math.abs(histogram.meanAndStd().mean - mean)).toBeLessThan(0.11);
        const sorted = [...list].sort((a, b) => a - b);
        // In the middle of a rank, so that no rounding moves it to the next.
        const rank = Math.floor(list.length / 3);
        const [found] = histogram.quantiles([(rank + 0.5) / list.length]);
        expect(Math.abs(found - sorted[rank])).toBeLessThanOrEqual(1.01e-4 * Math.abs(sorted[rank]));
      }),
      { seed: 6 },
    );
  });
});
