// A fleet under load: published factors, closed forms, conservation and monotone laws, hour by hour and over the week.
// What it cannot see: whether the profiles themselves are right, and what happens within an hour.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FleetPoint, floorAndLag } from '../../src/model/load/fleet-point.js';
import { compileLoad, energyFactorOf } from '../../src/model/load/node-hours.js';
import { type LoadProfile, loadProfile } from '../../src/model/load/profile.js';
import { energyFactor, hourlyFactor, hourlyLoad, idleShare, lateShare, weekOf } from '../../src/model/load/week.js';
import { shipped, sum, twoLevels } from './load-profiles.js';

const STATIC: FleetPoint = { peak_load: 0.9, growth: 1, floor: 1, parked: 0.35, active: 0.8 };
const PERFECT: FleetPoint = { ...STATIC, floor: 0 };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const point: fc.Arbitrary<FleetPoint> = fc
  .record({
    peak_load: fc.double({ min: 0.05, max: 1, noNaN: true }),
    growth: fc.double({ min: 0.1, max: 1, noNaN: true }),
    floor: share,
    parked: share,
    active: share,
  })
  .map((one) => ({ ...one, parked: Math.min(one.parked, one.active), active: Math.max(one.parked, one.active) }));
const someLoad = fc.double({ min: 0.01, max: 1, noNaN: true });
const day = (hour: fc.Arbitrary<number>) => fc.array(hour, { minLength: 24, maxLength: 24 });
const steady = day(someLoad).map(loadProfile);
const pausing = day(fc.oneof(fc.constant(0), someLoad)).filter((loads) => loads.some((load) => load > 0));
const profile: fc.Arbitrary<LoadProfile> = fc.oneof(steady, pausing.map(loadProfile));
const lag = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 23 }));

describe('a static fleet on the measured weeks', () => {
  it.each([
    ['azure-2024-conversation', 0.5, 1.42],
    ['azure-2024-conversation', 0.8, 1.68],
    ['azure-2024-code', 0.5, 2.17],
    ['azure-2024-code', 0.8, 2.87],
  ] as const)('of %s with active %f uses %f times the energy of full nodes', (name, active, published) => {
    const factor = energyFactor(weekOf(shipped(name), { ...STATIC, active }, 0));
    expect(Math.abs(factor / published - 1)).toBeLessThan(0.02);
  });

  it('has the mean-to-peak ratios that are published with the profiles: 0.598 and 0.330', () => {
    expect(shipped('azure-2024-conversation').mean).toBeCloseTo(0.598, 3);
    expect(shipped('azure-2024-code').mean).toBeCloseTo(0.33, 3);
  });
});

describe('closed forms', () => {
  it('a static fleet uses 1 − active + active / (peak_load · mean load over peak load)', () => {
    const factor = energyFactor(weekOf(twoLevels(8, 0.25), STATIC, 0));
    expect(factor).toBeCloseTo(1 - 0.8 + 0.8 / (0.9 * ((8 + 16 * 0.25) / 24)), 12);
  });

  it('perfect autoscaling serves every hour at peak_load and parks the rest', () => {
    const week = weekOf(twoLevels(8, 0.25), PERFECT, 0);
    for (const load of hourlyLoad(week)) expect(load).toBeCloseTo(0.9, 12);
    const [work, node] = [8 + 16 * 0.25, 1 / 0.9];
    const parked = 16 * (node - 0.25 * node);
    expect(energyFactor(week)).toBeCloseTo(1 + (0.8 * (work * node - work) + 0.35 * parked) / work, 12);
  });

  it('a floor between the two levels keeps that share serving in the low hours', () => {
    const week = weekOf(twoLevels(8, 0.25), { ...PERFECT, floor: 0.6 }, 0);
    expect(week.serving[0]).toBeCloseTo(1 / 0.9, 12);
    expect(week.serving[20]).toBeCloseTo(0.6 / 0.9, 12);
    expect(hourlyLoad(week)[20]).toBeCloseTo((0.25 * 0.9) / 0.6, 12);
  });

  it('an hour without load parks all nodes of a static fleet', () => {
    const week = weekOf(twoLevels(12, 0), STATIC, 0);
    expect(sum(week.energy)).toBeCloseTo(12 * (1 + 0.8 * (1 / 0.9 - 1)) + (12 * 0.35) / 0.9, 12);
    expect(hourlyFactor(week)[23]).toBeNaN();
  });

  it('a lag of one hour leaves the first high hour to the nodes of the low one, and its excess to the next', () => {
    const week = weekOf(twoLevels(8, 0.25), { ...PERFECT, peak_load: 0.5 }, 1);
    expect(week.served[0]).toBeCloseTo(0.5, 12);
    expect(week.late[0]).toBeCloseTo(0.5, 12);
    expect(week.served[1]).toBeCloseTo(1.5, 12);
    expect(lateShare(week)).toBeCloseTo(0.5 / 12, 12);
  });

  it('growth beyond what nodes were bought for fills the peak and spills into the hours after it', () => {
    const week = weekOf(twoLevels(8, 0.25), { ...STATIC, peak_load: 1, growth: 1.5 }, 0);
    expect(hourlyLoad(week).slice(0, 14)).toEqual(new Array(14).fill(1));
    expect(week.served[14]).toBeCloseTo(12 + 6 * 0.375 - 14 + 0.375, 12);
    // Everything that arrives after the first high hour and before hour 14 finds others waiting.
    expect(sum(week.late)).toBeGreaterThan(0);
  });
});

describe('what must be the same to the bit', () => {
  it('a flat profile at peak_load 1 and no load at all, for any power shares', () => {
    const flat = loadProfile(new Array<number>(168).fill(17.3));
    fc.assert(
      fc.property(point, (one) => {
        const full = { ...one, peak_load: 1, growth: 1, floor: 1 };
        expect(energyFactor(weekOf(flat, full, 0))).toBe(1);
        expect(energyFactorOf(compileLoad(flat, 0).nodeHours(full), full)).toBe(1);
      }),
    );
  });

  it('autoscaling with no floor and no lag, and perfect autoscaling', () => {
    expect(floorAndLag({ floor: 0, lag_h: 0 })).toEqual(floorAndLag('perfect'));
  });
});

describe('laws', () => {
  it('what arrives is served, and the energies of the hours add up to the energy of the week', () => {
    fc.assert(
      fc.property(profile, point, lag, (loads, one, lag_h) => {
        const week = weekOf(loads, one, lag_h);
        const work = sum(week.arrived);
        expect(sum(week.served) / work).toBeCloseTo(1, 9);
        expect(sum(week.energy) / (energyFactor(week) * work)).toBeCloseTo(1, 9);
        expect(sum(week.energy) * (1 - idleShare(week))).toBeCloseTo(work, 9);
        const byHour = hourlyFactor(week).map((factor, h) =>
          Number.isNaN(factor) ? week.energy[h] : factor * week.served[h],
        );
        expect(byHour.every(Number.isFinite)).toBe(true);
        expect(sum(byHour)).toBeCloseTo(sum(week.energy), 9);
      }),
    );
  });

  it('no node is loaded above 1, none serves that is not owned, and no work is late that has not arrived', () => {
    fc.assert(
      fc.property(profile, point, lag, (loads, one, lag_h) => {
        const week = weekOf(loads, one, lag_h);
        expect(Math.max(...hourlyLoad(week))).toBeLessThanOrEqual(1 + 1e-12);
        expect(Math.max(...week.serving)).toBeLessThanOrEqual(week.owned + 1e-12);
        expect(week.late.every((late, h) => late <= week.arrived[h])).toBe(true);
      }),
    );
  });

  it('a higher peak_load never costs a static fleet more', () => {
    fc.assert(
      fc.property(profile, point, share, (loads, one, part) => {
        const lower = { ...one, floor: 1, peak_load: Math.max(0.01, one.peak_load * part) };
        const factor = (at: FleetPoint) => energyFactor(weekOf(loads, at, 0));
        expect(factor({ ...one, floor: 1 })).toBeLessThanOrEqual(factor(lower) * (1 + 1e-12));
      }),
    );
  });

  it('a lower floor never costs more, and a lag moves node-hours but adds none where every hour has load', () => {
    fc.assert(
      fc.property(steady, point, share, lag, (loads, one, part, lag_h) => {
        const factor = (at: FleetPoint, lagging = 0) => energyFactor(weekOf(loads, at, lagging));
        expect(factor({ ...one, floor: one.floor * part })).toBeLessThanOrEqual(factor(one) * (1 + 1e-12));
        expect(factor(one, lag_h)).toBeCloseTo(factor(one), 9);
      }),
    );
  });
});

describe('a compiled profile', () => {
  it('gives the factor of the hours counted one by one', () => {
    fc.assert(
      fc.property(profile, point, lag, (loads, one, lag_h) => {
        const compiled = energyFactorOf(compileLoad(loads, lag_h).nodeHours(one), one);
        expect(compiled / energyFactor(weekOf(loads, one, lag_h))).toBeCloseTo(1, 9);
      }),
    );
  });

  it('does so for growth beyond the nodes as well', () => {
    const code = shipped('azure-2024-code');
    for (const growth of [1.2, 1.7, 2.4]) {
      for (const floor of [0.7, 1]) {
        const one = { ...STATIC, growth, floor };
        const compiled = energyFactorOf(compileLoad(code, 2).nodeHours(one), one);
        expect(compiled).toBeCloseTo(energyFactor(weekOf(code, one, 2)), 9);
      }
    }
  });

  it('divides node-hours by peak_load where it says so', () => {
    const { nodeHours, inverseInPeakLoad } = compileLoad(shipped('azure-2024-conversation'), 3);
    const [full, half] = [1, 0.5].map((peak_load) => nodeHours({ peak_load, growth: 0.8, floor: 0.4 }));
    expect(inverseInPeakLoad).toBe(true);
    expect(half.serving).toBeCloseTo(2 * full.serving, 12);
    expect(half.parked).toBeCloseTo(2 * full.parked, 12);
    expect(compileLoad(twoLevels(3, 0), 0).inverseInPeakLoad).toBe(false);
  });
});
