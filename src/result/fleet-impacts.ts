import { IMPACTS } from '../model/impact/index.js';
import { BASELINE } from '../model/pathway.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SummaryRow } from '../tables/schema.js';

/** What a fleet causes in a day beside energy. */
export interface FleetImpact {
  readonly mix: string;
  readonly metric: string;
  /** tCO2e/day, m3/day or currency/day. */
  readonly unit: string;
  readonly per_day: number;
}

/** Impacts of a fleet's day by mix: means of its blend weighted by the mix, times queries and beta. By the first formula. */
export function fleetImpacts({ fleet, impact }: ResolvedScenario, summary: readonly SummaryRow[]): FleetImpact[] {
  if (fleet === undefined || impact === undefined) return [];
  const meanOf = (metric: string, regime: string) =>
    summary.find(
      (row) =>
        row.metric === metric &&
        row.regime === regime &&
        row.subject_kind === 'blend' &&
        row.subject === fleet.blend &&
        row.pathway === BASELINE &&
        row.trim === 'none',
    )?.mean ?? Number.NaN;
  const units = unitsOf(impact.currency);
  return fleet.mixes.flatMap(({ name: mix, weights }) =>
    IMPACTS.flatMap(({ metric }) => {
      const mean = Object.entries(weights).reduce((sum, [regime, weight]) => sum + weight * meanOf(metric, regime), 0);
      const { unit, queries } = units[metric] ?? { unit: '', queries: 1 };
      const per_day = (mean * fleet.queries_per_day * fleet.beta) / queries;
      return Number.isFinite(per_day) ? [{ mix, metric, unit, per_day }] : [];
    }),
  );
}

/** Units of a day, and how many of a query's make one. */
function unitsOf(currency = ''): Readonly<Record<string, { readonly unit: string; readonly queries: number }>> {
  return {
    carbon: { unit: 'tCO2e/day', queries: 1e6 },
    water: { unit: 'm3/day', queries: 1e6 },
    cost: { unit: `${currency}/day`, queries: 1 },
  };
}
