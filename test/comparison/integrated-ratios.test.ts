/**
 * Ratios of two scenarios that are integrated, against their draws. What it cannot see: ratios of which a part must be
 * drawn, which stay drawn.
 */
import { describe, expect, it } from 'vitest';
import { compareScenarios } from '../../src/comparison/compare.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { SUM_SCENARIO, scenarioOf } from '../analysis/scenarios.js';

const SAMPLES = 16_384;

const ratioOf = async (a: ResolvedScenario, b: ResolvedScenario) => {
  const { compare } = await compareScenarios(a, b, { samples: SAMPLES });
  const ratio = compare.find(({ quantity }) => quantity === 'energy_ratio');
  if (ratio === undefined) throw new Error('no ratio');
  return ratio;
};
const integrated = (scenario: ResolvedScenario): ResolvedScenario => ({ ...scenario, sampler: 'exact' });

describe('the ratio of two integrated scenarios', () => {
  it('is a number without spread where all that is random cancels', async () => {
    const a = await scenarioOf(SUM_SCENARIO);
    const b = await scenarioOf(SUM_SCENARIO.replace('node_power_kw: 10', 'node_power_kw: 12'));
    const { n, p05, p50, p95, mean } = await ratioOf(integrated(a), integrated(b));
    expect(n).toBe(0);
    for (const value of [p05, p50, p95, mean]) expect(value).toBeCloseTo(1.2, 12);
  });

  it('has what one of them alone draws, in closed form', async () => {
    const a = await scenarioOf(SUM_SCENARIO);
    const b = await scenarioOf(SUM_SCENARIO.replace(/power_utilization: .*/, 'power_utilization: 0.6'));
    const { p05, p50, p95 } = await ratioOf(integrated(a), integrated(b));
    // The reference says that a lognormal's p5 and p95 stand 1.645 standard deviations from its median.
    const sigma = Math.log(0.9 / 0.4) / (2 * 1.645);
    const at = (z: number) => (0.6 / Math.sqrt(0.4 * 0.9)) * Math.exp(z * sigma);
    const [low, high] = [-1.6448536269514722, 1.6448536269514722].map(at);
    expect(Math.abs(p05! / low - 1)).toBeLessThan(1e-6);
    expect(Math.abs(p50! / at(0) - 1)).toBeLessThan(1e-6);
    expect(Math.abs(p95! / high - 1)).toBeLessThan(1e-6);
  });

  it('stays drawn where an input has another distribution of the same stream', async () => {
    const a = await scenarioOf(SUM_SCENARIO);
    const b = await scenarioOf(SUM_SCENARIO.replace('p5: 1.05', 'p5: 1.1'));
    expect((await ratioOf(integrated(a), integrated(b))).n).toBeGreaterThan(0);
  });
});
