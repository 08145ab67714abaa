import { required } from '../kinds/field.js';
import { mapping } from '../kinds/mapping.js';
import { number } from '../kinds/number.js';

/** A plan's limit on the time per output token. */
export const slo = mapping({
  seconds_per_output_token: required(
    number({ above: 0 }),
    'Longest time per output token that the service allows, seconds; a plan beyond it is flagged.',
  ),
});
