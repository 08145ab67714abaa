import { alignedLines, percent, significant } from '../format.js';
import type { ServiceLevelRow } from '../tables/service-level.js';

/** Times per output token against the limit, beside the energy that they go with; no lines where none is stated. */
export function serviceLevelLines(rows: readonly ServiceLevelRow[]): string[] {
  const [first] = rows;
  if (first === undefined) return [];
  return [
    '',
    ...alignedLines([
      [`time per output token, limit ${milliseconds(first.limit)}`, 'mean', 'busiest hour', 'energy, median', ''],
      ...rows.map((row) => [
        `  ${row.regime}, ${row.model}`,
        milliseconds(row.mean),
        milliseconds(row.worst),
        `${significant(row.energy_p50 ?? Number.NaN)} Wh`,
        row.kept === 'yes' ? 'kept' : `BROKEN for ${percent(row.share_beyond ?? Number.NaN)} of queries`,
      ]),
    ]),
  ];
}

function milliseconds(seconds: number | null): string {
  return `${significant((seconds ?? Number.NaN) * 1000)} ms`;
}
