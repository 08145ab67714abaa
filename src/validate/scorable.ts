import { isNested } from '../model/boundary.js';
import type { IdentifiedRow, Unmatched } from './identify.js';
import type { ScorableRow } from './scored-row.js';
import { ASSUMED_INPUTS } from './workload-inputs.js';

/** A row at both input lengths that it states or allows, or why it is not scored. */
export function scorable(one: IdentifiedRow): readonly [ScorableRow, ScorableRow] | Unmatched {
  const { row } = one;
  const unmatched = (cause: string, detail: string): Unmatched => ({ row, cause, detail });
  const { boundary, output_tokens, concurrency, energy_wh: measured_wh } = row;
  if (!isNested(boundary)) return unmatched('boundary that is never converted', boundary);
  if (concurrency === undefined) return unmatched(NO_CONCURRENCY, row.dataset);
  if (output_tokens === undefined) return unmatched('states no output length', row.workload);
  if (measured_wh === undefined) return unmatched('states no energy per request', row.model);
  const stated = row.input_tokens;
  const lengths = stated === undefined ? ASSUMED_INPUTS[row.workload]?.lengths : ([stated, stated] as const);
  if (lengths === undefined)
    return unmatched('states no input length, and none is published for its workload', row.workload);
  const at = (input_tokens: number) => ({ ...one, boundary, output_tokens, concurrency, measured_wh, input_tokens });
  return [at(lengths[0]), at(lengths[1])];
}

/** The cause that production services and tests at the wall share: they are reported apart. */
export const NO_CONCURRENCY = 'states no concurrency';
