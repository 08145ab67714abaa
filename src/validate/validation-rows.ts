import type { ValidationRow } from '../tables/validation.js';
import type { Unmatched } from './identify.js';
import type { ScoredRow } from './scored-row.js';
import type { Validation } from './validate.js';

/** The rows of `validation.arrow`: scored ones first, then those that could not be matched. */
export function validationRows({ scored, unmatched }: Validation): ValidationRow[] {
  return [...scored.map(scoredCells), ...unmatched.map(unmatchedCells)];
}

function scoredCells(one: ScoredRow): ValidationRow {
  const { row, model, accelerator, precision, input_tokens, formula, match, reason, boundary } = one;
  return {
    dataset: row.dataset,
    model,
    accelerator,
    quantization: precision,
    workload: row.workload,
    input_tokens,
    output_tokens: row.output_tokens ?? null,
    concurrency: row.concurrency ?? null,
    formula,
    match,
    reason,
    boundary,
    measured: one.measured_wh,
    ...one.prediction.quantiles,
    pit: one.prediction.pit,
  };
}

function unmatchedCells({ row, cause, detail }: Unmatched): ValidationRow {
  const nothing = { p05: null, p25: null, p50: null, p75: null, p95: null, pit: null };
  return {
    dataset: row.dataset,
    model: row.model,
    accelerator: row.accelerator,
    quantization: row.quantization,
    workload: row.workload,
    input_tokens: row.input_tokens ?? null,
    output_tokens: row.output_tokens ?? null,
    concurrency: row.concurrency ?? null,
    formula: '',
    match: 'none',
    reason: detail === '' ? cause : `${cause}: ${detail}`,
    boundary: row.boundary,
    measured: row.energy_wh ?? null,
    ...nothing,
  };
}
