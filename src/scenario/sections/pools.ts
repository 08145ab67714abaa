import { defaulting, optional, required } from '../kinds/field.js';
import { mapping } from '../kinds/mapping.js';
import { number } from '../kinds/number.js';
import { aboveZero, notNegative, parameter } from '../kinds/parameter.js';

const pool = (phase: string) =>
  mapping({
    nodes: required(number({ above: 0 }), `Nodes that ${phase}; their ratio counts, load decides how many there are.`),
    power: defaulting(parameter(aboveZero), 1, "Their power when full over that of the model's node."),
    active: optional(
      parameter(notNegative),
      'Power of one at load 0 over its power when full; that of load, if absent.',
    ),
  });

/** Prefill and decode in pools of their own. */
export const pools = mapping({
  prefill: required(pool('only prefill'), 'Nodes that only prefill.'),
  decode: required(pool('only decode'), 'Nodes that only decode.'),
});
