// Time per output token, limits, fleet sizes and hourly means: closed forms and a simulated node.
// What it cannot see: whether a real server's step is linear in its queries in flight.
import { describe, expect, it } from 'vitest';
import { fleetSize, hourlyPowerMw } from '../../src/model/load/fleet-size.js';
import { hourlyMean } from '../../src/model/load/hourly-mean.js';
import { queriesInFlight, secondsPerOutputToken } from '../../src/model/load/output-token-time.js';
import { serviceLevel } from '../../src/model/load/service-level.js';
import { energyFactor, weekOf } from '../../src/model/load/week.js';
import { sum, twoLevels } from './load-profiles.js';

const STEP = { step_s: 0.02, query_s: 2e-4, concurrency: 256 };
const POINT = { peak_load: 0.8, growth: 1, floor: 1, parked: 0.35, active: 0.82 };

describe('time per output token', () => {
  it('of a full node is its step: the weights once and every query in flight', () => {
    expect(secondsPerOutputToken(STEP, 1)).toBeCloseTo(0.02 + 256 * 2e-4, 12);
    expect(queriesInFlight(STEP, 1)).toBeCloseTo(256, 9);
  });

  it('of an almost empty node is the reading of the weights', () => {
    expect(secondsPerOutputToken(STEP, 0)).toBe(0.02);
    expect(queriesInFlight(STEP, 0)).toBe(0);
  });

  it.each([0.1, 0.5, 0.9])('at load %f is the step whose queries put out that share of the tokens', (load) => {
    const inFlight = queriesInFlight(STEP, load);
    const tokensPerSecond = (queries: number) => queries / (STEP.step_s + queries * STEP.query_s);
    expect(secondsPerOutputToken(STEP, load)).toBeCloseTo(STEP.step_s + inFlight * STEP.query_s, 12);
    expect(tokensPerSecond(inFlight)).toBeCloseTo(load * tokensPerSecond(STEP.concurrency), 6);
  });

  it('without a known step is that of the full node at every load', () => {
    for (const load of [0, 0.4, 1])
      expect(secondsPerOutputToken({ ...STEP, step_s: 0 }, load)).toBeCloseTo(256 * 2e-4, 12);
  });
});

describe('a limit on it', () => {
  const week = weekOf(twoLevels(8, 0.25), POINT, 0);
  const [busy, quiet] = [0.8, 0.2].map((load) => secondsPerOutputToken(STEP, load));

  it('between the two levels of a day is broken for the queries of the busy hours alone', () => {
    const level = serviceLevel(week, STEP, (busy + quiet) / 2);
    expect(level.share_beyond).toBeCloseTo(8 / 12, 12);
    expect(level.mean_seconds).toBeCloseTo((8 * busy + 4 * quiet) / 12, 12);
    expect([level.broken, level.worst_seconds]).toEqual([true, level.seconds[0]]);
  });

  it('above both is kept', () => {
    expect(serviceLevel(week, STEP, busy * 1.01)).toMatchObject({ broken: false, share_beyond: 0 });
  });

  it('is not judged in hours that serve nothing', () => {
    const pausing = weekOf(twoLevels(8, 0), POINT, 0);
    const level = serviceLevel(pausing, STEP, 1);
    expect(level.seconds[20]).toBeNaN();
    expect(level.mean_seconds).toBeCloseTo(busy, 12);
  });
});

describe('a fleet', () => {
  const profile = twoLevels(8, 0.25);
  const demand = { queries_per_day: 86_400 * 50, node_seconds: 0.1, full_power_kw: 8, pue: 1.25 };

  it('owns the nodes of its peak hour over peak_load', () => {
    const size = fleetSize(weekOf(profile, POINT, 0), profile.mean, demand);
    // 50 queries per second of 0.1 node-seconds are 5 nodes in the mean and 10 in the peak hour, which is twice the mean.
    expect(size.nodes_owned).toBeCloseTo(10 / 0.8, 9);
    expect(size.nodes_serving_peak).toBeCloseTo(10 / 0.8, 9);
    expect(size.queries_per_day).toBeCloseTo(86_400 * 50, 6);
  });

  it('draws the energy of its queries: full nodes for their node-seconds, times the factor of the week', () => {
    const week = weekOf(profile, POINT, 0);
    const size = fleetSize(week, profile.mean, demand);
    const kwh = (86_400 * 50 * 0.1 * 8 * 1.25) / 3600;
    expect(size.energy_per_day_mwh).toBeCloseTo((kwh / 1000) * energyFactor(week), 9);
    expect(size.power_mean_mw * 24).toBeCloseTo(size.energy_per_day_mwh, 9);
    expect(sum(hourlyPowerMw(week, profile.mean, demand))).toBeCloseTo(size.energy_per_day_mwh, 9);
    expect(size.power_peak_mw).toBeCloseTo((10 + 0.82 * 2.5) * 8e-3 * 1.25, 9);
  });

  it('serves more queries with growth, from the same nodes', () => {
    const [before, after] = [1, 1.1].map((growth) =>
      fleetSize(weekOf(profile, { ...POINT, growth }, 0), profile.mean, demand),
    );
    expect(after.nodes_owned).toBe(before.nodes_owned);
    expect(after.queries_per_day / before.queries_per_day).toBeCloseTo(1.1, 12);
  });
});

describe('an hourly mean', () => {
  it('is the plain one under equal weights, and above it where both are high together', () => {
    expect(hourlyMean([1, 1, 1, 1], [1, 2, 3, 6])).toBe(3);
    expect(hourlyMean([1, 2, 3, 6], [1, 2, 3, 6])).toBeCloseTo(50 / 12, 12);
    expect(hourlyMean([6, 3, 2, 1], [1, 2, 3, 6])).toBeLessThan(3);
  });

  it('repeats a day through a week, whichever of the two lists is the day', () => {
    const dayOf = (value: (hour: number) => number) => Array.from({ length: 24 }, (_, hour) => value(hour));
    const [weights, values] = [dayOf((hour) => hour + 1), dayOf((hour) => 300 - hour)];
    const weekOfDays = (one: number[]) => new Array(7).fill(one).flat();
    const expected = hourlyMean(weights, values);
    expect(hourlyMean(weekOfDays(weights), values)).toBeCloseTo(expected, 9);
    expect(hourlyMean(weights, weekOfDays(values))).toBeCloseTo(expected, 9);
  });
});
