/**
 * Scenarios integrated end to end against exact distributions that share no code with src: the paper's (test/oracle), and
 * a product with sharp edges whose distribution function is written here. What it cannot see: scenarios with parts that
 * must be drawn, which test/simulate/integrated.test.ts judges by Monte Carlo; sharp edges of other families, which are in
 * test/simulate/sharp-edges.test.ts.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fleetDays } from '../../src/result/fleet-days.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { loadScenario } from '../../src/scenario/load.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { needs, tries } from '../needs.js';
import { fleetGwhPerDay } from '../oracle/fleet.js';
import { oracle } from '../oracle/oracle.js';
import { outputTokens } from '../oracle/output-tokens.js';
import { PATHWAYS, REGIME_MEDIAN, V1, V2 } from '../oracle/presets.js';
import { expectQuantiles } from './exact-quantiles.js';

const PAPER = [
  ['oviedo-2026', V2],
  ['oviedo-2025', V1],
] as const;

describe.each(PAPER.slice(0, tries(1, 2)))('%s, integrated', (name, preset) => {
  const file = fileURLToPath(new URL(`../../scenarios/${name}.yaml`, import.meta.url));
  const result = loadScenario(file).then((scenario) => simulateHere({ ...scenario, sampler: 'exact' }));

  describe.each(['traditional', 'test-time-scaling'] as const)('%s queries', (regime) => {
    const exact = oracle({ ...preset, regimeMedian: REGIME_MEDIAN[regime] });

    it('have the exact quantiles and mean of every model', async () => {
      for (const [subject, model] of exact.models) expectQuantiles(await result, { regime, subject }, model);
    });

    it('have those of the blend and its pathways, untrimmed and trimmed', needs('minutes'), async () => {
      const blend = exact.blend();
      for (const [pathway, ranges] of Object.entries({ baseline: [], ...PATHWAYS })) {
        const { untrimmed, trimmed } = ranges.length === 0 ? blend : blend.pathway(ranges);
        expectQuantiles(await result, { regime, subject: 'frontier', pathway }, untrimmed);
        expectQuantiles(await result, { regime, subject: 'frontier', pathway, trim: 'p14-p86' }, trimmed);
      }
    });
  });

  it('has the exact fleet, without an error to speak of', async () => {
    const found = await result;
    const { fleet } = found.scenario;
    if (fleet === undefined) throw new Error('no fleet');
    const meanOf = (regime: string) =>
      oracle({ ...preset, regimeMedian: REGIME_MEDIAN[regime as keyof typeof REGIME_MEDIAN] }).blend().mean;
    const plain = fleetDays(found).filter(({ improvement }) => improvement === 'none');
    for (const [i, { weights }] of fleet.mixes.entries()) {
      const shares = Object.entries(weights).map(([regime, weight]) => ({ meanWh: meanOf(regime), weight }));
      const gwh = fleetGwhPerDay(fleet.queries_per_day, shares, fleet.beta);
      expect(Math.abs(plain[i].gwh_per_day / gwh - 1)).toBeLessThan(1e-6);
      expect(plain[i].gwh_low).toBe(plain[i].gwh_high);
    }
  });
});

/** Wh in one kJ. */
const WH = 1000 / 3600;
const [PUE, UTILIZATION, MEDIAN, TPS] = [[1.1, 1.5], [0.4, 0.9], 40, 800];

/** P(U · V ≤ z) of uniform U and V: for each u, v is at most z / u. */
function productOfUniforms([a, b]: readonly number[], [c, d]: readonly number[], z: number): number {
  const within = (x: number) => Math.min(b, Math.max(a, x));
  const [full, none] = [within(z / d), within(z / c)];
  const area = (d - c) * (full - a) + z * Math.log(none / full) - c * (none - full);
  return area / ((b - a) * (d - c));
}

describe('a product with sharp edges, integrated', () => {
  const text = JSON.stringify({
    version: 1,
    name: 'edges',
    sampler: 'exact',
    node_power_kw: 10,
    models: { m: { tps: TPS } },
    pue: { uniform: { min: PUE[0], max: PUE[1] } },
    power_utilization: { uniform: { min: UTILIZATION[0], max: UTILIZATION[1] } },
    input_tokens: 500,
    regimes: { few: { output_tokens: { exponential: { median: MEDIAN } } }, one: { output_tokens: 100 } },
  });
  const result = scenarioFromText(text, 'edges.yaml', () => Promise.reject(new Error('no dataset'))).then((scenario) =>
    simulateHere(scenario),
  );
  const energyAt = (tokens: number, x: number) => productOfUniforms(PUE, UTILIZATION, (x * TPS) / (10 * WH * tokens));

  it('has the exact quantiles over whole tokens', async () => {
    const law = outputTokens(MEDIAN);
    const cdf = (x: number) => {
      let share = law.probability(0);
      for (let k = 1; k <= law.last; k++) share += law.probability(k) * energyAt(k, x);
      return share;
    };
    expectQuantiles(await result, { regime: 'few', subject: 'm' }, { cdf });
  });

  it('has them where two uniform factors alone vary', async () => {
    expectQuantiles(await result, { regime: 'one', subject: 'm' }, { cdf: (x) => energyAt(100, x) });
  });
});
