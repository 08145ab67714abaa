// The sections load, slo, power_management, hardware and pools by themselves: defaults, and the words of every refusal.
// What it cannot see: what only a whole scenario shows, e.g. a load that its profile's week cannot serve.
import { describe, expect, it } from 'vitest';
import { loadComplaints } from '../../src/model/load/load-complaints.js';
import { loadProfile } from '../../src/model/load/profile.js';
import type { Kind } from '../../src/scenario/kinds/kind.js';
import { load, loadRanges } from '../../src/scenario/sections/load.js';
import { pools } from '../../src/scenario/sections/pools.js';
import { powerManagement } from '../../src/scenario/sections/power-management.js';
import { slo } from '../../src/scenario/sections/slo.js';

function checked<T>(kind: Kind<T>, written: unknown): { value: T | undefined; texts: string[] } {
  const texts: string[] = [];
  const value = kind.check(written, {
    complain: (path, message) => texts.push(`${path.join('.')}: ${message}`),
    names: () => [],
    placesOf: () => [],
    later: () => undefined,
  });
  return { value, texts };
}

const constant = (value: number) => ({ family: 'constant', parameters: { value } });

describe('load', () => {
  it('needs a profile alone; the rest has defaults', () => {
    const { value, texts } = checked(load, { profile: 'azure-2024-code' });
    expect(texts).toEqual([]);
    expect(value).toMatchObject({
      peak_load: constant(0.9),
      autoscale: 'none',
      power: { parked: constant(0.35), active: constant(0.82) },
      idle_to: 'query',
      growth: constant(1),
    });
  });

  it('takes distributions for every number and a file for the profile', () => {
    const { value, texts } = checked(load, {
      profile: { file: 'week.csv', column: 'queries' },
      peak_load: { uniform: { min: 0.6, max: 0.9 } },
      autoscale: { floor: { uniform: { min: 0.2, max: 0.4 } }, lag_h: 1 },
      power: { active: { uniform: { min: 0.6, max: 0.9 } } },
    });
    expect(texts).toEqual([]);
    expect(value && loadRanges(value)).toEqual({
      peak_load: [0.6, 0.9],
      growth: [1, 1],
      floor: [0.2, 0.4],
      lag_h: 1,
      parked: [0.35, 0.35],
      active: [0.6, 0.9],
    });
  });

  it('without autoscaling has a floor of 1, with a perfect one of 0', () => {
    const floors = ['none', 'perfect'].map((autoscale) => {
      const { value } = checked(load, { profile: 'azure-2024-code', autoscale });
      return value && loadRanges(value).floor;
    });
    expect(floors).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it.each([
    [{ profile: new Array(23).fill(1) }, /^profile: expected 24 numbers .* or 168 .*; found 23$/],
    [{ profile: new Array(24).fill(0) }, /^profile: has no load in any hour/],
    [{ profile: [-1, ...new Array(23).fill(1)] }, /^profile\.0: expected a number of at least 0; found -1$/],
    [{ profile: 'azure-2024-chat' }, /^profile: .*azure-2024-conversation/],
    [{ profile: 'azure-2024-code', peak_load: 0 }, /^peak_load: must be above 0; found 0$/],
    [
      { profile: 'azure-2024-code', autoscale: { floor: 0.5, lag_h: 0.5 } },
      /^autoscale\.lag_h: expected a whole number/,
    ],
    [{}, /^: profile is missing: Load by hour/],
  ])('%j is refused', (written, text) => {
    const { texts } = checked(load, written);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(text);
  });

  it('is held against its profile, with the ranges of what it says', () => {
    const { value } = checked(load, { profile: new Array(24).fill(1), peak_load: 1.2, power: { parked: 0.9 } });
    const complaints = value ? loadComplaints(loadProfile(new Array(24).fill(1)), loadRanges(value)) : [];
    expect(complaints.map(({ path }) => path.join('.'))).toEqual(['peak_load', 'power.parked']);
  });
});

describe('power_management', () => {
  it('is a clock or a cap, of both phases where none is said', () => {
    expect(checked(powerManagement, { clock: 0.7, phase: 'decode' })).toMatchObject({
      texts: [],
      value: { phase: 'decode' },
    });
    expect(checked(powerManagement, { cap: 0.8 })).toMatchObject({ texts: [], value: { phase: 'both' } });
  });

  it('says what is wrong with it', () => {
    expect(checked(powerManagement, { phase: 'decode' }).texts[0]).toContain('found neither');
    expect(checked(powerManagement, { clock: 1.7 }).texts).toEqual(['clock: must be above 0 and at most 1; found 1.7']);
    expect(checked(powerManagement, { clock: 0.7, exponent: 0.8 }).texts[0]).toContain('has no meaning for a clock');
  });
});

describe('slo and pools', () => {
  it('are refused without what they need', () => {
    expect(checked(slo, { seconds_per_output_token: 0 }).texts).toHaveLength(1);
    expect(checked(pools, { prefill: { nodes: 6 }, decode: { nodes: 0 } }).texts).toEqual([
      'decode.nodes: expected a number above 0; found 0',
    ]);
    expect(checked(pools, { prefill: { nodes: 6 }, decode: {} }).texts[0]).toContain('nodes is missing');
  });

  it('take the ratio of nodes', () => {
    const { value, texts } = checked(pools, { prefill: { nodes: 6 }, decode: { nodes: 2, power: 0.8 } });
    expect([texts, value?.prefill.nodes, value?.decode.power]).toEqual([[], 6, constant(0.8)]);
  });
});
