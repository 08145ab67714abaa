import { percent, significant } from '../format.js';
import type { ServiceLevelRow } from '../tables/service-level.js';

/** What a plan breaks of the limit on the time per output token, in words: one sentence for each model and regime that does. */
export function brokenLimits(rows: readonly ServiceLevelRow[]): string[] {
  return rows
    .filter(({ kept }) => kept === 'no')
    .map(({ regime, model, worst, limit, share_beyond }) => {
      const found = `${milliseconds(worst)} per output token in the busiest hour, and the limit is ${milliseconds(limit)}`;
      const share = percent(share_beyond ?? Number.NaN);
      return `slo: ${regime}, ${model}: ${found}; ${share} of queries are slower: its energy is that of a service that breaks it`;
    });
}

function milliseconds(seconds: number | null): string {
  return `${significant((seconds ?? Number.NaN) * 1000)} ms`;
}
