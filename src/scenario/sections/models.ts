import { PHYSICAL_BOUNDS } from '../../model/physical-bounds.js';
import { optional } from '../kinds/field.js';
import { mappingOrNothing } from '../kinds/mapping.js';
import { named } from '../kinds/named.js';
import { aboveZero, parameter } from '../kinds/parameter.js';

export const NODE_POWER = 'Maximum power of the whole node that serves the model, kW.';
export const nodePower = parameter(aboveZero, PHYSICAL_BOUNDS.node_power_kw);

/** Models by their name in the dataset. An empty one takes all from the top level and the dataset. */
export const models = named(
  mappingOrNothing({
    node_power_kw: optional(nodePower, NODE_POWER),
    tps: optional(
      parameter(aboveZero, PHYSICAL_BOUNDS.tps),
      'Output tokens per second of the whole node, in place of a fit to the dataset.',
    ),
  }),
  { thing: 'model' },
);
