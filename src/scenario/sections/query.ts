import { PHYSICAL_BOUNDS } from '../../model/physical-bounds.js';
import { either } from '../kinds/either.js';
import { optional, required } from '../kinds/field.js';
import type { Complain } from '../kinds/kind.js';
import { mapping, mappingOrNothing, mappingWithItsKeys } from '../kinds/mapping.js';
import { named } from '../kinds/named.js';
import { number } from '../kinds/number.js';
import { aboveZero, notNegative, notOnlyZero, parameter } from '../kinds/parameter.js';

const share = number({ min: 0, max: 1 });

const coupled = mapping(
  {
    base: required(share, 'Share of the maximum power at no throughput.'),
    span: required(share, 'Share gained up to the highest throughput; base + span is above 0 and at most 1.'),
  },
  checkShares,
);

const powerUtilization = either(
  mappingWithItsKeys({ coupled: required(coupled, 'Coupled to throughput: base + span · tps / highest tps.') }),
  parameter(notOnlyZero, PHYSICAL_BOUNDS.power_utilization),
);

const tokens = parameter(notNegative, PHYSICAL_BOUNDS.tokens);

/** What describes a query, in a regime or, for all regimes that do not say otherwise, at the top level. */
export const queryFields = {
  power_utilization: optional(
    powerUtilization,
    'Power in use / maximum power of the node: a number, a distribution, or coupled to throughput.',
  ),
  pue: optional(
    parameter({ ...aboveZero, min: 1 }, PHYSICAL_BOUNDS.pue),
    'Energy of the facility / energy of its IT equipment.',
  ),
  input_tokens: optional(tokens, 'Length of the prompt with its context, tokens per query.'),
  output_tokens: optional(
    tokens,
    'Length of the answer with its reasoning, tokens per query; draws are rounded to whole tokens.',
  ),
  cached_input_tokens: optional(
    tokens,
    'Of the input tokens, those that the server has in its cache: no prefill; only request-cost throughput knows of it.',
  ),
  concurrency: optional(
    parameter({ ...aboveZero, min: 1 }, PHYSICAL_BOUNDS.concurrency),
    'Queries in flight on the node, which share each reading of the weights; if absent, the node is full. Only request-cost throughput knows of it.',
  ),
};

export const PREFILL_WEIGHT = 'Output tokens that one input token counts as.';
export const prefillWeight = parameter(notNegative, PHYSICAL_BOUNDS.prefill_weight);

/** Kinds of queries by name. An empty one takes everything from the top level. */
export const regimes = named(
  mappingOrNothing({ ...queryFields, prefill_weight: optional(prefillWeight, PREFILL_WEIGHT) }),
  { thing: 'regime' },
);

function checkShares({ base, span }: { base: number; span: number }, complain: Complain): void {
  const highest = base + span;
  if (highest > 0 && highest <= 1) return;
  complain([], `base + span must be above 0 and at most 1; found ${base} + ${span} = ${highest}`);
}
