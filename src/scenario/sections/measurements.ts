import { defaulting, optional, required } from '../kinds/field.js';
import { mapping } from '../kinds/mapping.js';
import { named } from '../kinds/named.js';
import { integer } from '../kinds/number.js';
import { text } from '../kinds/text.js';

const quantization = text({ maxLength: 100 });
const QUANTIZATION = 'Number format of the weights, as written in the dataset: only rows of this one are used.';

/** What throughput is fitted to where nothing is said: the paper's own choice. */
export const DEFAULT_QUANTIZATION = 'FP8';

/** The measurements that throughput is fitted to. */
export const throughput = mapping({
  dataset: required(text({ maxLength: 1000 }), 'CSV file of measurements; its path starts at the folder of this file.'),
  quantization: defaulting(quantization, DEFAULT_QUANTIZATION, QUANTIZATION),
});

/** Ways to serve outside production, by name: each model at the highest throughput of the rows of one quantization. */
export const nonProduction = named(
  mapping({
    quantization: required(quantization, QUANTIZATION),
    nodes: optional(
      named(integer({ min: 1 }), { thing: 'model' }),
      'Nodes that the measurement of a model spanned, where not 1; its throughput is divided by them.',
    ),
  }),
  { thing: 'way of serving', reserved: ['baseline', 'production'] },
);
