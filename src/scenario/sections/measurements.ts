import { defaulting, optional, required } from '../kinds/field.js';
import { mapping } from '../kinds/mapping.js';
import { named } from '../kinds/named.js';
import { integer } from '../kinds/number.js';
import { oneOf } from '../kinds/one-of.js';
import { text } from '../kinds/text.js';

const quantization = text({ maxLength: 100 });
const QUANTIZATION = 'Number format of the weights, as written in the dataset: only rows of this one are used.';

/** What throughput is fitted to where nothing is said: the paper's own choice. */
export const DEFAULT_QUANTIZATION = 'FP8';

/** What rows are taken to say of lengths between and beyond them. */
export const THROUGHPUT_FORMS = ['log-log', 'request-cost', 'highest'] as const;

/** Name of a form. */
export type ThroughputForm = (typeof THROUGHPUT_FORMS)[number];

const FORM =
  'How throughput follows from lengths: log-log, a power law that is at most the highest row (the paper); request-cost, the node-seconds that input, output and context cost; highest, the highest row for all lengths.';

/** The measurements that throughput is fitted to. */
export const throughput = mapping({
  dataset: required(text({ maxLength: 1000 }), 'CSV file of measurements; its path starts at the folder of this file.'),
  form: defaulting(oneOf(...THROUGHPUT_FORMS), 'log-log', FORM),
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
