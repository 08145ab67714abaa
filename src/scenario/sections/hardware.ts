import { optional, required } from '../kinds/field.js';
import { mapping } from '../kinds/mapping.js';
import { text } from '../kinds/text.js';

/** The chip and the number format. */
export const hardware = mapping({
  accelerator: required(text({ maxLength: 100 }), 'Accelerator by its name in hardware.csv, or an alias of it.'),
  precision: optional(text({ maxLength: 100 }), 'Number format of the weights, e.g. FP8.'),
});
