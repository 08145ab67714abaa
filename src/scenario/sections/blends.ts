import { either } from '../kinds/either.js';
import { required } from '../kinds/field.js';
import { listOfDistinct } from '../kinds/list.js';
import { mapping, mappingWithItsKeys } from '../kinds/mapping.js';
import { named } from '../kinds/named.js';
import { integer } from '../kinds/number.js';
import { text } from '../kinds/text.js';

/** Pools of models in equal shares, by name. */
export const blends = named(
  either(
    mappingWithItsKeys({ models: required(listOfDistinct(text({ maxLength: 200 })), 'Names of the models.') }),
    mapping({
      highest_median_energy: required(integer({ min: 1 }), 'So many models: those of the highest median in a regime.'),
    }),
  ),
  { thing: 'blend' },
);
