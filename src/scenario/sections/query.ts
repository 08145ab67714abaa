import type { Distribution } from '../../distributions/index.js';
import { INPUTS, type Input, inputsBy, type ModelInput, type RegimeInput } from '../../model/quantities.js';
import { either } from '../kinds/either.js';
import { type Field, optional, required } from '../kinds/field.js';
import type { Complain, Value } from '../kinds/kind.js';
import { mapping, mappingOrNothing, mappingWithItsKeys } from '../kinds/mapping.js';
import { named } from '../kinds/named.js';
import { number } from '../kinds/number.js';
import { inputParameter } from '../kinds/parameter.js';
import { LENGTHS_ABOUT, lengths } from './lengths.js';
import { SESSION_ABOUT, session } from './session.js';

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
  inputParameter('power_utilization'),
);

/** How each input may be written: within what the table says of it; utilisation may follow throughput instead. */
type InputFields<I extends Input> = {
  readonly [K in I]: Field<K extends 'power_utilization' ? Value<typeof powerUtilization> : Distribution, false>;
};

function fieldsOf(stated: 'regime' | 'model') {
  const inputs = inputsBy('keys').filter((input) => INPUTS[input].stated === stated);
  const kindOf = (input: Input) => (input === 'power_utilization' ? powerUtilization : inputParameter(input));
  return Object.fromEntries(inputs.map((input) => [input, optional(kindOf(input), INPUTS[input].about)]));
}

/** What describes a query, in a regime or, for all regimes that do not say otherwise, at the top level. */
export const queryFields = fieldsOf('regime') as InputFields<RegimeInput>;

/** What describes a model's node, for a model or, for all that do not say otherwise, at the top level. */
export const nodeFields = fieldsOf('model') as InputFields<ModelInput>;

/** Where the lengths of queries come from as whole rows, and how requests make up sessions, at the same places. */
export const trafficFields = { lengths: optional(lengths, LENGTHS_ABOUT), session: optional(session, SESSION_ABOUT) };

/** Kinds of queries by name. An empty one takes everything from the top level. */
export const regimes = named(mappingOrNothing({ ...queryFields, ...trafficFields }), { thing: 'regime' });

function checkShares({ base, span }: { base: number; span: number }, complain: Complain): void {
  const highest = base + span;
  if (highest > 0 && highest <= 1) return;
  complain([], `base + span must be above 0 and at most 1; found ${base} + ${span} = ${highest}`);
}
