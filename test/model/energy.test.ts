// The formulas of energy, power, blend and fleet: hand-computed values and laws.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestMedians, keptShare, TRIM_HIGH, TRIM_LOW } from '../../src/model/blend.js';
import { effectiveTokens, energyWh, lnEnergyWh } from '../../src/model/energy.js';
import { fleetGwhPerDay } from '../../src/model/fleet.js';
import { coupledPowerUtilization } from '../../src/model/power.js';

const draw = fc.record({
  pue: fc.double({ min: 1, max: 3, noNaN: true }),
  node_power_kw: fc.double({ min: 0.1, max: 200, noNaN: true }),
  power_utilization: fc.double({ min: 0.01, max: 1, noNaN: true }),
  effective_tokens: fc.integer({ min: 1, max: 1e6 }),
  tps: fc.double({ min: 1, max: 1e6, noNaN: true }),
});

describe('energy of a query', () => {
  it('is 1 Wh for one second of a node that draws 3.6 kW', () => {
    const second = { pue: 1, node_power_kw: 3.6, power_utilization: 1, effective_tokens: 1000, tps: 1000 };
    expect(energyWh(second)).toBeCloseTo(1, 14);
  });

  it('rises in proportion to PUE, power, utilisation and tokens, and falls with tps', () => {
    fc.assert(
      fc.property(draw, fc.double({ min: 1.01, max: 10, noNaN: true }), (one, factor) => {
        const base = energyWh(one);
        for (const key of ['pue', 'node_power_kw', 'power_utilization', 'effective_tokens'] as const) {
          expect(energyWh({ ...one, [key]: one[key] * factor }) / base).toBeCloseTo(factor, 10);
        }
        expect(energyWh({ ...one, tps: one.tps * factor }) / base).toBeCloseTo(1 / factor, 10);
      }),
      { seed: 5 },
    );
  });

  it('is the same in the log domain', () => {
    fc.assert(
      fc.property(draw, (one) => {
        const { pue, node_power_kw, power_utilization, effective_tokens, tps } = one;
        const [a, b, c, d, e] = [pue, node_power_kw, power_utilization, effective_tokens, tps].map(Math.log);
        expect(Math.abs(Math.exp(lnEnergyWh(a, b, c, d, e)) / energyWh(one) - 1)).toBeLessThan(1e-13);
      }),
      { seed: 6 },
    );
  });

  it('of an empty answer is that of its prefill', () => {
    expect(effectiveTokens(0, 500, 0)).toBe(0);
    expect(effectiveTokens(0, 600, 1 / 30)).toBe(20);
    expect(lnEnergyWh(0, 0, 0, Number.NEGATIVE_INFINITY, 3)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('the paper’s other formulas', () => {
  it('couple utilisation to the load: 0.24 idle, 0.80 at full throughput', () => {
    expect(coupledPowerUtilization(0.24, 0.56, 0)).toBe(0.24);
    expect(coupledPowerUtilization(0.24, 0.56, 1)).toBeCloseTo(0.8, 12);
  });

  it('trim to P14–P86 by two steps', () => {
    expect(TRIM_LOW).toBeCloseTo(0.14, 12);
    expect(TRIM_HIGH).toBeCloseTo(0.86, 12);
    expect(keptShare('none')).toBe(1);
    expect(keptShare('p14-p86')).toBeCloseTo(0.72, 12);
  });

  it('pool the models of highest median, ties in the given order', () => {
    const medians = [
      ['a', 1],
      ['b', 3],
      ['c', 2],
      ['d', 3],
    ].map(([model, p50]) => ({ model: String(model), p50: Number(p50) }));
    expect(highestMedians(medians, 3)).toEqual(['b', 'd', 'c']);
  });

  it('add a billion queries of 1 Wh up to beta GWh', () => {
    expect(fleetGwhPerDay(1e9, 1, 1.3256)).toBeCloseTo(1.3256, 12);
  });
});
