import type { Range } from '../../model/complaint.js';
import { managementComplaints } from '../../model/power-management/management-complaints.js';
import { defaulting, optional } from '../kinds/field.js';
import type { Complain } from '../kinds/kind.js';
import { type MappingValue, mapping } from '../kinds/mapping.js';
import { number } from '../kinds/number.js';
import { oneOf } from '../kinds/one-of.js';

const fields = {
  clock: optional(number({ above: 0 }), 'Locked clock over the highest, at most 1.'),
  cap: optional(number({ above: 0 }), 'Highest power of the node over its power when full, at most 1.'),
  phase: defaulting(
    oneOf('prefill', 'decode', 'both'),
    'both',
    'The phase that is managed; both stands for a saturated node, in which decode computes as prefill does.',
  ),
  alpha_prefill: optional(number({ min: 0 }), 'Of a clock: prefill is as fast as clock^alpha_prefill. Default 1.'),
  alpha_decode: optional(
    number({ min: 0 }),
    'Of a clock: decode is as fast as clock^alpha_decode. Default 0.15 for phase decode, which waits for memory, else 1.',
  ),
  static_share: optional(
    number({ min: 0 }),
    "Of a clock: share of the node's power that no clock changes. Default 0.45.",
  ),
  gamma: optional(
    number({ above: 0 }),
    "Of a clock: exponent of the clock in the rest of the node's power. Default 2.5.",
  ),
  exponent: optional(number({ min: 0 }), 'Of a cap: speed is (cap / draw)^exponent. Default 0.794.'),
  draw_prefill: optional(
    number({ above: 0 }),
    "Of a cap: what prefill draws over the node's power when full. Default 1.",
  ),
  draw_decode: optional(
    number({ above: 0 }),
    "Of a cap: what decode draws over the node's power when full. Default 0.561 for phase decode, else 1.",
  ),
};

/** A locked clock or a power cap. */
export const powerManagement = mapping(fields, checkManagement);

function checkManagement({ phase, ...numbers }: MappingValue<typeof fields>, complain: Complain): void {
  const range = (value: number): Range => [value, value];
  const said = Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, range(value)]));
  for (const { path, message } of managementComplaints({ phase, ...said })) complain(path, message);
}
