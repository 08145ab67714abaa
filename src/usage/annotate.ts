import type { UsageEstimate, UsageEstimator } from './estimate-usage.js';
import { type JsonRecord, usageOf, withAttributes } from './usage-record.js';

/** A record with what its query came to, or as it was with why not. */
export interface Annotated {
  readonly record: JsonRecord;
  /** Completes "3 records lack …" or "3 records are of …"; absent where the record was annotated. */
  readonly why?: string;
}

/** Adds to records of usage what each query came to. @param model that of records which name none */
export async function annotate(
  records: readonly JsonRecord[],
  estimator: UsageEstimator,
  model?: string,
  signal?: AbortSignal,
): Promise<Annotated[]> {
  const usages = records.map((record) => usageOf(record, model));
  const known = usages.flatMap((usage) => ('lacks' in usage ? [] : [usage]));
  const estimates = new Map((await estimator.estimate(known, signal)).map((one, i) => [known[i], one]));
  return usages.map((usage, i) => {
    const record = records[i];
    if ('lacks' in usage) return { record, why: `without ${usage.lacks}` };
    const found = estimates.get(usage);
    if (found === undefined) return { record, why: `of ${usage.model}, which the scenario has not` };
    return { record: withAttributes(record, attributesOf(found)) };
  });
}

/**
 * The attributes of estimates: `tokenjoule.energy.wh` is the mean, whose sum over records is theirs; `.p05`, `.p50` and `.p95` say how
 * much one query of these lengths may take.
 */
function attributesOf(estimates: readonly UsageEstimate[]): Record<string, string | number> {
  const [energy] = estimates;
  const numbers = estimates.flatMap(({ metric, unit, mean, p05, p50, p95 }) => {
    const name = `tokenjoule.${metric}.${unit.toLowerCase()}`;
    return [
      [name, mean],
      [`${name}.p05`, p05],
      [`${name}.p50`, p50],
      [`${name}.p95`, p95],
    ] as const;
  });
  return {
    ...Object.fromEntries(numbers),
    'tokenjoule.formula': energy.formula,
    'tokenjoule.boundary': energy.boundary,
  };
}
