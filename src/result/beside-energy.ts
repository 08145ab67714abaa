import { percent, significant } from '../format.js';
import { IMPACTS } from '../model/impact/index.js';
import { BASELINE } from '../model/pathway.js';
import type { Metric } from '../model/quantities.js';
import type { SummaryRow } from '../tables/schema.js';

/** Text in rows under a head, for a terminal or a page. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const JOULES_PER_WH = 3600;

/** Rows of a kind of query as it is, without trims and pathways. */
function plainRows(summary: readonly SummaryRow[], regime: string): SummaryRow[] {
  return summary.filter((row) => row.regime === regime && row.pathway === BASELINE && row.trim === 'none');
}

/** Subjects with their energies, models before blends. */
function energiesOf(rows: readonly SummaryRow[]): SummaryRow[] {
  return rows.filter(({ metric }) => metric === 'energy');
}

function meanOf(rows: readonly SummaryRow[], of: SummaryRow, metric: string): number | undefined {
  const found = rows.find(
    (row) => row.metric === metric && row.subject === of.subject && row.subject_kind === of.subject_kind,
  );
  return found?.mean ?? undefined;
}

/** What an output token takes: all energy over all tokens, the ratio of means. All models of a kind of query answer alike long. */
export function perOutputToken(summary: readonly SummaryRow[], regime: string): TextTable | undefined {
  const rows = plainRows(summary, regime);
  const meanTokens = (of: Metric) => rows.find(({ metric }) => metric === of)?.mean ?? 0;
  const tokens = meanTokens('output_tokens') + meanTokens('reasoning_tokens');
  if (!(tokens > 0)) return undefined;
  return {
    head: [`${regime}, mean per output token`, 'J', 'Wh per 1,000'],
    rows: energiesOf(rows).map(({ subject, mean }) => {
      const wh = (mean ?? Number.NaN) / tokens;
      return [subject, significant(wh * JOULES_PER_WH), significant(wh * 1000)];
    }),
  };
}

/** Shares of each impact's parts in its mean; undefined where no impact has several. */
export function sharesOfParts(summary: readonly SummaryRow[], regime: string): TextTable | undefined {
  const rows = plainRows(summary, regime);
  const parts = IMPACTS.flatMap(({ metric, parts: own }) =>
    own.map((part) => ({ of: metric, metric: part.metric })),
  ).filter(({ metric }) => rows.some((row) => row.metric === metric));
  if (parts.length === 0) return undefined;
  return {
    head: [`${regime}, shares of means`, ...parts.map(({ metric }) => metric.replace('_', ', '))],
    rows: energiesOf(rows).map((energy) => [
      energy.subject,
      ...parts.map(({ of, metric }) => {
        const [part, whole] = [meanOf(rows, energy, metric), meanOf(rows, energy, of)];
        return part === undefined || !whole ? '–' : percent(part / whole);
      }),
    ]),
  };
}

/**
 * The software carbon intensity of a query by ISO/IEC 21031: mean emissions of its electricity and of its share in making the node,
 * with what it includes; undefined where one of the two is not stated. Offsets and market certificates are no part of it.
 */
export function softwareCarbonIntensity(
  summary: readonly SummaryRow[],
  regime: string,
  basis = 'location',
): string | undefined {
  const rows = plainRows(summary, regime);
  const found = energiesOf(rows).flatMap((energy) => {
    const mean = meanOf(rows, energy, 'carbon_embodied') === undefined ? undefined : meanOf(rows, energy, 'carbon');
    return mean === undefined ? [] : [`${energy.subject} ${significant(mean)}`];
  });
  if (found.length === 0) return undefined;
  const grid = basis === 'marginal' ? 'marginal' : `${basis}-based`;
  return `SCI (ISO/IEC 21031), gCO2e per ${regime} query: ${found.join(', ')}; facility, scope 2 ${grid} and scope 3 of the nodes, no offsets`;
}
