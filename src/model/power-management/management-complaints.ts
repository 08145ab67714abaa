import { type Complaint, type Range, rangeFound } from '../complaint.js';
import {
  capDefaults,
  clockDefaults,
  idlePhases,
  type ManagedPhase,
  managedOf,
  type PowerManagement,
} from './power-management.js';

/** What `power_management` says, each number as the range that it can take; absent where it is not said. */
export interface ManagementRanges {
  readonly clock?: Range;
  readonly cap?: Range;
  readonly phase: ManagedPhase;
  readonly alpha_prefill?: Range;
  readonly alpha_decode?: Range;
  readonly static_share?: Range;
  readonly gamma?: Range;
  readonly exponent?: Range;
  readonly draw_prefill?: Range;
  readonly draw_decode?: Range;
}

const OF_CLOCK = ['alpha_prefill', 'alpha_decode', 'static_share', 'gamma'] as const;
const OF_CAP = ['exponent', 'draw_prefill', 'draw_decode'] as const;

/** Everything that is wrong with a `power_management` section; paths start below it. */
export function managementComplaints(said: ManagementRanges): Complaint[] {
  if ((said.clock === undefined) === (said.cap === undefined)) return [{ path: [], message: leverText(said) }];
  const strangers = said.clock === undefined ? OF_CLOCK : OF_CAP;
  const lever = said.clock === undefined ? 'cap' : 'clock';
  return [
    ...aboveZeroShares(said, ['clock', 'cap', 'draw_prefill', 'draw_decode']),
    ...shares(said, ['alpha_prefill', 'alpha_decode', 'exponent']),
    ...staticComplaints(said),
    ...gammaComplaints(said),
    ...strangers.filter((key) => said[key] !== undefined).map((key) => strange(key, lever)),
    ...floorComplaints(said),
  ];
}

/** Lowest clock at which decode's computed saving was reached by a lock on H200: 32 %, see power-management.csv. */
export const LOWEST_DECODE_CLOCK = 0.65;

/** Lowest clock and cap of the saturated pairs in power-management.csv (MaxQ, eight H200): throughput and power of the node. */
export const LOWEST_SATURATED_CLOCK = 0.791;
export const LOWEST_SATURATED_CAP = 0.769;

/** What a reader must know of a management that is right: a cap that does nothing, a setting below what was measured. */
export function managementNotes(management: PowerManagement): string[] {
  return [...idleNotes(management), ...extrapolationNotes(management)];
}

function idleNotes(management: PowerManagement): string[] {
  if (!('cap' in management)) return [];
  const draws = { prefill: management.draw_prefill, decode: management.draw_decode };
  return idlePhases(management).map((phase) => {
    const found = `${phase} draws ${draws[phase]} of the node's power when full`;
    return `the cap of ${management.cap} does nothing to ${phase}: ${found}`;
  });
}

function extrapolationNotes(management: PowerManagement): string[] {
  const [name, value, lowest] =
    'cap' in management
      ? [
          'cap',
          management.cap,
          idlePhases(management).length === managedOf(management.phase).length ? 0 : LOWEST_SATURATED_CAP,
        ]
      : ['clock', management.clock, management.phase === 'decode' ? LOWEST_DECODE_CLOCK : LOWEST_SATURATED_CLOCK];
  if (value >= lowest) return [];
  return [`the ${name} of ${value} is an extrapolation: measurements reach down to ${lowest} (power-management.csv)`];
}

function leverText({ clock }: ManagementRanges): string {
  const found = clock === undefined ? 'found neither' : 'found both';
  return `expected clock (locked clock over the highest) or cap (share of the node's power when full); ${found}`;
}

function strange(key: (typeof OF_CLOCK | typeof OF_CAP)[number], lever: string): Complaint {
  return { path: [key], message: `has no meaning for a ${lever}; leave it out` };
}

type RangeKey = Exclude<keyof ManagementRanges, 'phase'>;

function aboveZeroShares(said: ManagementRanges, keys: readonly RangeKey[]): Complaint[] {
  return outside(said, keys, 'must be above 0 and at most 1', ([low, high]) => low > 0 && high <= 1);
}

function shares(said: ManagementRanges, keys: readonly RangeKey[]): Complaint[] {
  return outside(said, keys, 'must be from 0 to 1', ([low, high]) => low >= 0 && high <= 1);
}

function staticComplaints(said: ManagementRanges): Complaint[] {
  return outside(said, ['static_share'], 'must be at least 0 and below 1', ([low, high]) => low >= 0 && high < 1);
}

function gammaComplaints(said: ManagementRanges): Complaint[] {
  return outside(said, ['gamma'], 'must be from 1 to 3', ([low, high]) => low >= 1 && high <= 3);
}

function outside(
  said: ManagementRanges,
  keys: readonly RangeKey[],
  expected: string,
  isRight: (range: Range) => boolean,
): Complaint[] {
  return keys.flatMap((key) => {
    const range = said[key];
    return range === undefined || isRight(range)
      ? []
      : [{ path: [key], message: `${expected}; found ${rangeFound(range)}` }];
  });
}

/** A node never draws less than the part of its power that no clock changes. */
function floorComplaints({ cap, phase, draw_prefill, draw_decode }: ManagementRanges): Complaint[] {
  if (cap === undefined) return [];
  const defaults = capDefaults(phase);
  const draws = {
    prefill: draw_prefill?.[0] ?? defaults.draw_prefill,
    decode: draw_decode?.[0] ?? defaults.draw_decode,
  };
  const least = clockDefaults(phase).static_share * Math.max(...managedOf(phase).map((one) => draws[one]));
  if (cap[0] >= least || cap[0] <= 0) return [];
  const text = `must be at least ${least.toPrecision(2)}, what a node draws at any clock; found ${rangeFound(cap)}`;
  return [{ path: ['cap'], message: text }];
}
