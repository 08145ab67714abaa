import { either } from '../kinds/either.js';
import { defaulting, optional, required } from '../kinds/field.js';
import { list } from '../kinds/list.js';
import { mapping } from '../kinds/mapping.js';
import { named } from '../kinds/named.js';
import { integer, number } from '../kinds/number.js';
import { oneOf } from '../kinds/one-of.js';
import { aboveZero, parameter } from '../kinds/parameter.js';
import { text } from '../kinds/text.js';

const quantization = text({ maxLength: 100 });
const QUANTIZATION = 'Number format of the weights, as written in the dataset: only rows of this one are used.';

/** What throughput is fitted to where nothing is said: the paper's own choice. */
export const DEFAULT_QUANTIZATION = 'FP8';

/** GPUs of a node where nothing is said: DGX and HGX systems have eight. */
export const DEFAULT_GPUS_PER_NODE = 8;

/** What rows are taken to say of lengths between and beyond them. */
export const THROUGHPUT_FORMS = ['log-log', 'request-cost', 'highest'] as const;

/** Name of a form. */
export type ThroughputForm = (typeof THROUGHPUT_FORMS)[number];

const FORM =
  'How throughput follows from lengths: log-log, a power law that is at most the highest row (the paper); request-cost, the node-seconds that input, output and context cost; highest, the highest row for all lengths.';

const columnName = text({ maxLength: 200 });

const columns = mapping({
  model: optional(columnName, 'Name of the model.'),
  quantization: optional(columnName, 'Number format of the weights.'),
  input_tokens: optional(columnName, 'Tokens per query in.'),
  output_tokens: optional(columnName, 'Tokens per query out.'),
  node_tokens_per_second: optional(columnName, 'Output tokens per second, of what `per` says.'),
  concurrency: optional(columnName, 'Queries in flight, of what `per` says; empty where the node is full.'),
  gpu_count: optional(columnName, 'GPUs of a row’s group, for per: group.'),
});

const wanted = either(text({ minLength: 0, maxLength: 200 }), number({}));
const where = named(either(wanted, list(wanted)), { thing: 'column' });

const DATASET =
  'CSV file of measurements, its path starts at the folder of this file; or the name of a table that ships: oviedo, tensorrt-llm.';

/** How drafts are made and accepted. */
const speculation = mapping({
  acceptance: required(number({ min: 0, max: 0.99 }), 'Probability that a drafted token is accepted, at most 0.99.'),
  draft_tokens: required(integer({ min: 1, max: 64 }), 'Tokens drafted for each step.'),
  draft_cost: defaulting(
    number({ min: 0 }),
    0,
    "Computing that drafting a token costs over that of the model's own token.",
  ),
});

/** The measurements that throughput is fitted to. Without a dataset, request-cost throughput follows from sizes and hardware. */
export const throughput = mapping(
  {
    dataset: optional(text({ maxLength: 1000 }), DATASET),
    form: defaulting(oneOf(...THROUGHPUT_FORMS), 'log-log', FORM),
    fit_uncertainty: defaulting(
      oneOf('none', 'shared'),
      'none',
      'Whether worlds draw how well the fit is known, one draw of its costs and of what it is off by for all queries of a model; for form: request-cost.',
    ),
    columns: optional(columns, 'The file’s own names of columns, where they differ from ours.'),
    where: optional(where, 'Rows to use, by columns of the file: a value, or a list of which any will do.'),
    per: defaulting(
      oneOf('node', 'gpu', 'group'),
      'node',
      'The hardware that tokens per second count: a node, one GPU, or the group of GPUs that each row counts.',
    ),
    gpus_per_node: defaulting(
      integer({ min: 1, max: 1024 }),
      DEFAULT_GPUS_PER_NODE,
      'GPUs of the node that a query is served by.',
    ),
    offline_to_service: optional(
      parameter(aboveZero),
      'Throughput of a service over that of the rows, for fits to them; offline maxima are 1.05 to 2.2 times what a service reaches. 1 if absent.',
    ),
    speculative_decoding: optional(
      speculation,
      'Drafted tokens that a step checks together, for request-cost throughput.',
    ),
    quantization: optional(
      quantization,
      `${QUANTIZATION} ${DEFAULT_QUANTIZATION} where neither this nor where says one.`,
    ),
  },
  ({ dataset, form }, complain) => {
    if (dataset === undefined && form !== 'request-cost') complain([], `dataset is missing: ${DATASET}`);
  },
);

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
