// Bad input of `load`: every problem with its key and its exact words, and none for what can be served.
// What it cannot see: where the value stands in a file, which the scenario's sections add.
import { describe, expect, it } from 'vitest';
import { type LoadRanges, loadComplaints, overload } from '../../src/model/load/load-complaints.js';
import { loadProfile, profileComplaints } from '../../src/model/load/profile.js';
import { shippedProfile } from '../../src/model/load/shipped-profiles.js';
import { servingWeek } from '../../src/model/load/week.js';
import { sum, twoLevels } from './load-profiles.js';

const GOOD: LoadRanges = {
  peak_load: [0.9, 0.9],
  growth: [1, 1],
  floor: [1, 1],
  lag_h: 0,
  parked: [0.35, 0.35],
  active: [0.82, 0.82],
};
const day = twoLevels(8, 0.25);

const textsOf = (changed: Partial<LoadRanges>) =>
  loadComplaints(day, { ...GOOD, ...changed }).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('a profile', () => {
  it.each([
    [
      'of 23 hours',
      new Array(23).fill(1),
      [[], 'expected 24 numbers (the hours of a day, UTC) or 168 (of a week from Monday); found 23'],
    ],
    [
      'with a negative hour',
      [...new Array(23).fill(1), -0.5],
      [[23], 'load must be a finite number of at least 0; found -0.5'],
    ],
    [
      'with an hour that is no number',
      [Number.NaN, ...new Array(23).fill(1)],
      [[0], 'load must be a finite number of at least 0; found NaN'],
    ],
    [
      'without any load',
      new Array(168).fill(0),
      [[], 'has no load in any hour; at least one hour needs a number above 0'],
    ],
  ])('%s is refused', (_, values: number[], [path, message]) => {
    expect(profileComplaints(values)).toEqual([{ path, message }]);
  });

  it('of 24 or 168 numbers with a load in one hour is right', () => {
    for (const hours of [24, 168]) expect(profileComplaints([1, ...new Array(hours - 1).fill(0)])).toEqual([]);
  });

  it('has a largest hour of 1, whatever its unit', () => {
    expect(loadProfile(new Array(24).fill(0).map((_, hour) => 1000 + hour)).relative[23]).toBe(1);
  });

  it('that ships misses no hour unnoticed', () => {
    const row = { record: 'hour_of_week', profile: 'azure-2024-code', hour_of_week: '0', requests_per_minute: '5' };
    expect(() => shippedProfile([row], 'azure-2024-code')).toThrow('no hour_of_week 1 for azure-2024-code');
  });
});

describe('a load', () => {
  it('that can be served has no complaint', () => {
    expect(textsOf({})).toEqual([]);
    expect(textsOf({ floor: [0, 1], lag_h: 3, growth: [0.5, 1], parked: [0.1, 0.8] })).toEqual([]);
  });

  it('that cannot be served is refused at its worst: 21.6 node-hours of work for 16 that are ready', () => {
    expect(textsOf({ floor: [0, 1], growth: [0.5, 2] })).toEqual([
      'growth: the load is up to 1.35 times what the nodes can serve in a week; lower growth or peak_load, or raise the floor',
    ]);
    expect(textsOf({ growth: [4, 4] })).toEqual([
      'growth: the load is up to 1.80 times what the nodes can serve in a week; lower growth or peak_load',
    ]);
  });

  it.each<[Partial<LoadRanges>, string]>([
    [{ peak_load: [0, 0] }, 'peak_load: must be above 0 and at most 1; found 0'],
    [{ peak_load: [0.5, 1.2] }, 'peak_load: must be above 0 and at most 1; found 0.5 to 1.2; add min and max'],
    [{ floor: [1.1, 1.1] }, 'autoscale.floor: must be a share from 0 to 1; found 1.1'],
    [{ lag_h: 0.5 }, 'autoscale.lag_h: must be a whole number of hours from 0 to 23; found 0.5'],
    [{ lag_h: 24 }, 'autoscale.lag_h: must be a whole number of hours from 0 to 23; found 24'],
    [{ growth: [0, Infinity] }, 'growth: must be above 0 and finite; found 0 to Infinity; add min and max'],
    [
      { parked: [0.9, 0.9] },
      'power.parked: must never be above active; found parked 0.9, active 0.82; a parked node draws no more than a serving one: lower parked or raise active, or bound them by max and min',
    ],
    [{ active: [0.82, 1.82] }, 'power.active: must be a share from 0 to 1; found 0.82 to 1.82; add min and max'],
  ])('with %j is refused', (changed, text) => {
    expect(textsOf(changed)).toEqual([text]);
  });

  it('is told of all its problems at once', () => {
    expect(textsOf({ peak_load: [2, 2], floor: [-1, -1], lag_h: -1, parked: [0.9, 0.9] })).toHaveLength(4);
  });

  it('is overloaded exactly where queries wait for ever', () => {
    const [edge, beyond] = [1.999, 2.001].map((growth) => ({ peak_load: 1, growth, floor: 1 }));
    expect(overload(day, 1, 2, 1)).toBe(1);
    const unserved = (point: typeof edge) => {
      const { arrived, served } = servingWeek(day, point, 0);
      return sum(arrived) - sum(served);
    };
    expect(unserved(edge)).toBeCloseTo(0, 9);
    expect(unserved(beyond)).toBeGreaterThan(0.001);
  });
});
