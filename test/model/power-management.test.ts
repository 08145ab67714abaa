// Managed power: the measured pairs of power-management.csv, limits of the two laws, and what half-empty nodes leave of a saving.
// What it cannot see: how decode behaves at clocks that no source states; the table has best cases only.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FleetPoint } from '../../src/model/load/fleet-point.js';
import { energyFactor, weekOf } from '../../src/model/load/week.js';
import { DEFAULT_CLOCK_POWER, lockedClock } from '../../src/model/power-management/clock-law.js';
import { managedCosts, meanPower } from '../../src/model/power-management/managed-costs.js';
import { energyRatio } from '../../src/model/power-management/managed-phase.js';
import { managedStates } from '../../src/model/power-management/managed-states.js';
import {
  LOWEST_DECODE_CLOCK,
  LOWEST_SATURATED_CAP,
  LOWEST_SATURATED_CLOCK,
  type ManagementRanges,
  managementComplaints,
  managementNotes,
} from '../../src/model/power-management/management-complaints.js';
import { fittedExponent, staticShare } from '../../src/model/power-management/measured-pairs.js';
import { cappedPower, nodeCap } from '../../src/model/power-management/power-cap.js';
import {
  capDefaults,
  clockDefaults,
  idlePhases,
  type ManagedPhase,
  managedPhases,
  type PowerManagement,
  SATURATED_EXPONENT,
} from '../../src/model/power-management/power-management.js';
import { shipped } from './load-profiles.js';

const FILE = new URL('../../scenarios/data/power-management.csv', import.meta.url);
const rows: Record<string, string>[] = parse(readFileSync(FILE), { columns: true });

function pairs(workload: string) {
  return rows
    .filter(({ record, model_or_workload }) => record === 'measured pair' && model_or_workload === workload)
    .map((row) => ({ throughput_ratio: Number(row.throughput_ratio), power_ratio: Number(row.power_ratio) }));
}

const lock = (clock: number, phase: ManagedPhase): PowerManagement => ({ clock, phase, ...clockDefaults(phase) });
const cap = (share: number, phase: ManagedPhase): PowerManagement => ({ cap: share, phase, ...capDefaults(phase) });

describe('the exponent of a saturated node', () => {
  it('is the least-squares one of the two Mixtral pairs', () => {
    expect(pairs('mixtral-8x7b')).toHaveLength(2);
    expect(fittedExponent(pairs('mixtral-8x7b'))).toBeCloseTo(SATURATED_EXPONENT, 3);
  });

  it('predicts both Llama 2 70B pairs, which it has not seen, within 5 %', () => {
    const held = pairs('llama2-70b');
    expect(held).toHaveLength(2);
    for (const { power_ratio, throughput_ratio } of held) {
      const { speed, power } = cappedPower(power_ratio, { draw: 1, exponent: SATURATED_EXPONENT });
      expect(power).toBe(power_ratio);
      expect(Math.abs(speed / throughput_ratio - 1)).toBeLessThan(0.05);
    }
  });

  it('is found again from pairs that were made with it', () => {
    const made = [0.5, 0.7, 0.9].map((power_ratio) => ({ power_ratio, throughput_ratio: power_ratio ** 0.6 }));
    expect(fittedExponent(made)).toBeCloseTo(0.6, 12);
  });
});

describe('the default static share', () => {
  it('is the mean of the four MaxQ pairs of Llama 2 and Mixtral, given gamma', () => {
    const { gamma, static_share } = DEFAULT_CLOCK_POWER;
    const shares = [...pairs('llama2-70b'), ...pairs('mixtral-8x7b')].map((pair) => staticShare(pair, gamma));
    expect(shares.reduce((sum, share) => sum + share, 0) / 4).toBeCloseTo(static_share, 2);
  });

  it('is found again from a pair that was made with it', () => {
    const { speed, power } = lockedClock(0.6, 1, { static_share: 0.3, gamma: 2 });
    expect(staticShare({ throughput_ratio: speed, power_ratio: power }, 2)).toBeCloseTo(0.3, 12);
  });
});

describe('a locked clock', () => {
  it('of decode saves what locks on H200 reached at best, 32 %, at the lowest clock that counts as measured', () => {
    const best = rows.find(({ lever, hardware }) => lever === 'SM clock lock' && hardware === 'H200');
    const { decode } = managedPhases(lock(LOWEST_DECODE_CLOCK, 'decode'));
    expect(energyRatio(decode)).toBeCloseTo(Number(best?.energy_ratio), 2);
    expect(decode.speed).toBeGreaterThan(0.93);
  });

  it('of both phases meets the saturated pairs: speed is the clock, energy falls by a few percent', () => {
    const { prefill, decode } = managedPhases(lock(0.807, 'both'));
    expect(prefill).toEqual(decode);
    expect(prefill.speed).toBeCloseTo(0.807, 12);
    expect(Math.abs(prefill.power / 0.769 - 1)).toBeLessThan(0.02);
  });

  it('of decode leaves prefill alone, and one of prefill decode', () => {
    expect(managedPhases(lock(0.7, 'decode')).prefill).toEqual({ speed: 1, power: 1 });
    expect(managedPhases(lock(0.7, 'prefill')).decode).toEqual({ speed: 1, power: 1 });
  });

  it('of 1 changes nothing, to the bit', () => {
    for (const phase of ['prefill', 'decode', 'both'] as const) {
      const { prefill, decode } = managedPhases(lock(1, phase));
      expect([prefill, decode]).toEqual([
        { speed: 1, power: 1 },
        { speed: 1, power: 1 },
      ]);
    }
  });

  it('never raises power, and never speed', () => {
    const unit = fc.double({ min: 0.05, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, unit, fc.double({ min: 1, max: 3, noNaN: true }), (clock, factor, alpha, gamma) => {
        const law = { static_share: 0.4, gamma };
        const [high, low] = [clock, clock * factor].map((at) => lockedClock(at, alpha, law));
        expect(low.power).toBeLessThanOrEqual(high.power * (1 + 1e-12));
        expect(low.speed).toBeLessThanOrEqual(high.speed * (1 + 1e-12));
      }),
    );
  });
});

describe('a cap', () => {
  it('above what decode draws does nothing, and the notes say so', () => {
    const above = cap(0.6, 'decode');
    expect(idlePhases(above)).toEqual(['decode']);
    expect(managedPhases(above).decode).toEqual({ speed: 1, power: 1 });
    expect(managementNotes(above)).toEqual([
      "the cap of 0.6 does nothing to decode: decode draws 0.561 of the node's power when full",
    ]);
  });

  it('below it lowers power to the cap', () => {
    const { decode } = managedPhases(cap(0.4, 'decode'));
    expect(decode.power).toBeCloseTo(0.4 / 0.561, 12);
    expect(decode.speed).toBeCloseTo((0.4 / 0.561) ** SATURATED_EXPONENT, 12);
  });

  it('of the boards, 490 of 700 W on H200, is the share of node power that MaxQ was measured at', () => {
    expect(nodeCap(490, 700, { fixed_w: 1852, slope: 8.783 })).toBeCloseTo(0.769, 3);
    expect(nodeCap(900, 700, { fixed_w: 1852, slope: 8.783 })).toBe(1);
  });

  it('has decode draw 300 W of 700 W per board at most', () => {
    expect(nodeCap(300, 700, { fixed_w: 1852, slope: 8.783 })).toBeCloseTo(capDefaults('decode').draw_decode, 3);
  });
});

describe('extrapolation', () => {
  it.each([
    [lock(0.6, 'decode'), 'clock of 0.6', '0.65'],
    [lock(0.7, 'both'), 'clock of 0.7', '0.791'],
    [cap(0.6, 'both'), 'cap of 0.6', '0.769'],
  ])('is named: %j', (management, found, lowest) => {
    expect(managementNotes(management)).toEqual([
      `the ${found} is an extrapolation: measurements reach down to ${lowest} (power-management.csv)`,
    ]);
  });

  it('begins below the table', () => {
    const saturated = [...pairs('llama2-70b'), ...pairs('mixtral-8x7b')];
    expect(Math.min(...saturated.map((pair) => pair.throughput_ratio))).toBe(LOWEST_SATURATED_CLOCK);
    expect(Math.min(...saturated.map((pair) => pair.power_ratio))).toBe(LOWEST_SATURATED_CAP);
    expect(managementNotes(lock(0.7, 'decode'))).toEqual([]);
    expect(managementNotes(cap(0.8, 'both'))).toEqual([]);
  });
});

describe('managed request costs', () => {
  const costs = { a: 1e-4, b: 2e-4, c: 7e-8, w: 0.01 };

  it('take the clock in prefill, its power of alpha in decode, and each phase its own power', () => {
    const phases = managedPhases(lock(0.7, 'decode'));
    const { time, energy } = managedCosts(costs, phases);
    expect(time.a).toBe(1e-4);
    for (const key of ['b', 'c', 'w'] as const) {
      expect(time[key] / costs[key]).toBeCloseTo(1 / 0.7 ** 0.15, 12);
      expect(energy[key] / costs[key]).toBeCloseTo(energyRatio(phases.decode), 12);
    }
    const prefill = managedCosts(costs, managedPhases(lock(0.7, 'prefill')));
    expect(prefill.time.a / costs.a).toBeCloseTo(1 / 0.7, 12);
    expect(prefill.time.b).toBe(costs.b);
  });

  it('have a mean power between those of the phases, by their time', () => {
    const phases = managedPhases(lock(0.7, 'decode'));
    expect(meanPower(phases, 0)).toBe(phases.decode.power);
    expect(meanPower(phases, 1)).toBe(1);
    const { time, energy } = managedCosts({ ...costs, c: 0, w: 0 }, phases);
    expect(meanPower(phases, 1 / 3)).toBeCloseTo((energy.a + energy.b) / (time.a + time.b), 12);
  });
});

describe('under load', () => {
  const fleet: FleetPoint = { peak_load: 0.9, growth: 1, floor: 1, parked: 0.35, active: 0.82 };

  it('the shares of idle nodes rise, and stay ordered and at most 1', () => {
    const management = lock(0.7, 'both');
    const full = meanPower(managedPhases(management), 0.5);
    const states = managedStates(fleet, management, full);
    expect(states.parked).toBeCloseTo(0.35 / full, 12);
    expect(states.active).toBeGreaterThan(fleet.active);
    expect(states.active).toBeLessThanOrEqual(1);
    expect(managedStates(fleet, cap(0.7, 'both'), 0.7)).toEqual({ active: 1, parked: 0.5 });
  });

  it('a saving on full nodes is not multiplied with the factor of the load', () => {
    const management = lock(0.7, 'decode');
    const { decode } = managedPhases(management);
    const profile = shipped('azure-2024-code');
    const factor = (states: Pick<FleetPoint, 'parked' | 'active'>) =>
      energyFactor(weekOf(profile, { ...fleet, ...states }, 0));
    const managed = energyRatio(decode) * factor(managedStates(fleet, management, decode.power));
    expect(managed).toBeLessThan(factor(fleet));
    expect(managed).toBeGreaterThan(energyRatio(decode) * factor(fleet));
  });

  it('a clock of 1 leaves the shares as they are', () => {
    expect(managedStates(fleet, lock(1, 'both'), 1)).toEqual({ parked: 0.35, active: 0.82 });
  });
});

describe('bad input of power_management', () => {
  const textsOf = (said: ManagementRanges) =>
    managementComplaints(said).map(({ path, message }) => `${path.join('.')}: ${message}`);

  it.each<[ManagementRanges, string]>([
    [
      { phase: 'both' },
      ": expected clock (locked clock over the highest) or cap (share of the node's power when full); found neither",
    ],
    [
      { phase: 'both', clock: [0.7, 0.7], cap: [0.6, 0.6] },
      ": expected clock (locked clock over the highest) or cap (share of the node's power when full); found both",
    ],
    [{ phase: 'decode', clock: [0, 0] }, 'clock: must be above 0 and at most 1; found 0'],
    [{ phase: 'decode', clock: [0.7, 1.7] }, 'clock: must be above 0 and at most 1; found 0.7 to 1.7'],
    [{ phase: 'both', cap: [1.2, 1.2] }, 'cap: must be above 0 and at most 1; found 1.2'],
    [{ phase: 'both', cap: [0.3, 0.3] }, 'cap: must be at least 0.45, what a node draws at any clock; found 0.3'],
    [{ phase: 'decode', cap: [0.2, 0.2] }, 'cap: must be at least 0.25, what a node draws at any clock; found 0.2'],
    [{ phase: 'both', clock: [0.8, 0.8], gamma: [4, 4] }, 'gamma: must be from 1 to 3; found 4'],
    [
      { phase: 'both', clock: [0.8, 0.8], static_share: [1, 1] },
      'static_share: must be at least 0 and below 1; found 1',
    ],
    [{ phase: 'both', clock: [0.8, 0.8], alpha_decode: [-1, 2] }, 'alpha_decode: must be from 0 to 1; found -1 to 2'],
    [{ phase: 'both', clock: [0.8, 0.8], exponent: [0.8, 0.8] }, 'exponent: has no meaning for a clock; leave it out'],
    [{ phase: 'both', cap: [0.8, 0.8], gamma: [2, 2] }, 'gamma: has no meaning for a cap; leave it out'],
  ])('%j', (said, text) => {
    expect(textsOf(said)).toEqual([text]);
  });

  it('has no complaint about what is right', () => {
    expect(textsOf({ phase: 'decode', clock: [0.5, 1], alpha_decode: [0.05, 0.2] })).toEqual([]);
    expect(textsOf({ phase: 'decode', cap: [0.3, 0.6], draw_decode: [0.4, 0.56] })).toEqual([]);
  });
});
