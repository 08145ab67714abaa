import type { Distribution } from '../../distributions/index.js';
import { supportOf } from '../../distributions/support.js';
import { MODEL_PARAMETER_NAMES, MODEL_PARAMETERS, type ModelParameter } from '../../model/model-parameters.js';
import { PHYSICAL_BOUNDS } from '../../model/physical-bounds.js';
import { defaulting, type Field, optional, required } from '../kinds/field.js';
import { mapping, mappingOrNothing } from '../kinds/mapping.js';
import { named } from '../kinds/named.js';
import { aboveZero, notNegative, parameter } from '../kinds/parameter.js';
import { text } from '../kinds/text.js';
import { nodeFields } from './query.js';

/** Seconds of the whole node that a request costs, by what causes them. */
const nodeSeconds = mapping(
  {
    per_input_token: required(parameter(notNegative), 'Node-seconds of prefill for an input token that is not cached.'),
    per_output_token: required(parameter(notNegative), 'Node-seconds of an output token beside those of its context.'),
    per_context_token: defaulting(
      parameter(notNegative),
      0,
      'Node-seconds that an output token takes to read one token of its context, cached ones too.',
    ),
    per_step: defaulting(
      parameter(notNegative),
      0,
      'Node-seconds of one reading of the weights, shared by the queries in flight: counts where concurrency is stated.',
    ),
  },
  (costs, complain) => {
    const alike = [costs.per_input_token, costs.per_output_token, costs.per_context_token];
    if (alike.every((cost) => supportOf(cost)[1] <= 0))
      complain([], 'all costs are 0, so a query would take no time; state at least per_output_token above 0');
  },
);

const modelParameters = Object.fromEntries(
  MODEL_PARAMETER_NAMES.map((name) => [name, optional(parameter(aboveZero), MODEL_PARAMETERS[name].about)]),
) as Readonly<Record<ModelParameter, Field<Distribution, false>>>;

/** Models by their name in the dataset. An empty one takes all from the top level and the dataset. */
export const models = named(
  mappingOrNothing({
    ...nodeFields,
    tps: optional(
      parameter(aboveZero, PHYSICAL_BOUNDS.tps),
      'Output tokens per second of the whole node, in place of a fit to the dataset.',
    ),
    quantization: optional(
      text({ maxLength: 100 }),
      'Number format of the weights of this model’s rows, where it is not that of throughput.',
    ),
    node_seconds: optional(
      nodeSeconds,
      'What a request costs the whole node, in place of a fit to the dataset: request-cost throughput.',
    ),
    ...modelParameters,
  }),
  { thing: 'model' },
  (models, complain) => {
    for (const [name, { tps, node_seconds }] of Object.entries(models)) {
      if (tps && node_seconds) complain([name, 'tps'], 'and node_seconds both state the throughput; leave one out');
    }
  },
);
