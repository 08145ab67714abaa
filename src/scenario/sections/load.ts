import { supportOf } from '../../distributions/support.js';
import type { Range } from '../../model/complaint.js';
import { DEFAULT_POWER_STATES, floorAndLag } from '../../model/load/fleet-point.js';
import type { LoadRanges } from '../../model/load/load-complaints.js';
import { profileComplaints } from '../../model/load/profile.js';
import { SHIPPED_PROFILES } from '../../model/load/shipped-profiles.js';
import { either } from '../kinds/either.js';
import { defaulting, required } from '../kinds/field.js';
import type { Kind, Value } from '../kinds/kind.js';
import { list } from '../kinds/list.js';
import { mapping } from '../kinds/mapping.js';
import { integer, number } from '../kinds/number.js';
import { oneOf } from '../kinds/one-of.js';
import { aboveZero, notNegative, parameter } from '../kinds/parameter.js';
import { text } from '../kinds/text.js';

/** Loads by hour, written as a list. */
const numbers = list(number({ min: 0 }));
const hours: Kind<readonly number[]> = {
  ...numbers,
  expected: 'a list of 24 or 168 numbers',
  check(written, context) {
    const values = numbers.check(written, context);
    const complaints = values === undefined ? [] : profileComplaints(values);
    for (const { path, message } of complaints) context.complain(path, message);
    return complaints.length > 0 ? undefined : values;
  },
};

const fileColumn = mapping({
  file: required(text({ maxLength: 1000 }), 'CSV file of hourly loads; its path starts at the folder of this file.'),
  column: required(text({ maxLength: 200 }), 'Its column of numbers, in any unit.'),
});

const profile = either(oneOf(...SHIPPED_PROFILES), either(hours, fileColumn));

const autoscale = either(
  oneOf('none', 'perfect'),
  mapping({
    floor: defaulting(parameter(notNegative), 0, 'Least share of the owned nodes that serve.'),
    lag_h: defaulting(integer({ min: 0, max: 167 }), 0, 'Whole hours by which the serving nodes follow the load.'),
  }),
);

const power = mapping({
  parked: defaulting(
    parameter(notNegative),
    DEFAULT_POWER_STATES.parked,
    'Power of a node that serves nothing and holds its model, over its power when full; 0 where it is given away.',
  ),
  active: defaulting(
    parameter(notNegative),
    DEFAULT_POWER_STATES.active,
    'Power of a serving node as its load goes to 0, over its power when full.',
  ),
});

/** How full nodes are through the day, and what the others draw. */
export const load = mapping({
  profile: required(
    profile,
    `Load by hour, UTC: ${SHIPPED_PROFILES.join(' or ')}, 24 or 168 numbers (from Monday), or { file, column }.`,
  ),
  peak_load: defaulting(parameter(aboveZero), 0.9, 'Load of the serving nodes in the peak hour, at most 1.'),
  autoscale: defaulting(
    autoscale,
    'none',
    'How many of the owned nodes serve: none for all, perfect, or { floor, lag_h }.',
  ),
  power: defaulting(power, {}, 'Power of nodes that are not full.'),
  idle_to: defaulting(
    oneOf('query', 'separate'),
    'query',
    'Where the energy of idle nodes goes: into that of queries, or into the metric energy_idle.',
  ),
  growth: defaulting(parameter(aboveZero), 1, 'Load over the load that the nodes were bought for.'),
});

/** The ranges of what a section says, for its checks against the profile. */
export function loadRanges({ peak_load, growth, power, autoscale }: Value<typeof load>): LoadRanges {
  const isStated = typeof autoscale === 'object';
  const { floor, lag_h } = isStated ? { floor: 0, lag_h: autoscale.lag_h } : floorAndLag(autoscale);
  return {
    peak_load: supportOf(peak_load),
    growth: supportOf(growth),
    floor: isStated ? supportOf(autoscale.floor) : constantly(floor),
    lag_h,
    parked: supportOf(power.parked),
    active: supportOf(power.active),
  };
}

function constantly(value: number): Range {
  return [value, value];
}
