import type { Estimate } from '../comparison/paired-sums.js';
import { formulaShown } from '../plan/services.js';
import type { ResolvedFleet, ResolvedScenario } from '../scenario/resolved.js';
import type { LeverRow } from '../tables/levers.js';
import type { Saving } from './savings.js';

/** What a row says of the change itself. */
export type LeverNames = Pick<LeverRow, 'lever' | 'kind' | 'rank' | 'settings' | 'basis' | 'source' | 'if_multiplied'>;

/** Units of a metric of a query and of a day of a fleet. */
interface Units {
  readonly unit: string;
  readonly unit_per_day: string;
  /** Of the first in one of the second. */
  readonly per_day: number;
}

/** The rows of one change. */
export function leverRows(scenario: ResolvedScenario, names: LeverNames, savings: readonly Saving[]): LeverRow[] {
  return savings.map(({ subject, metric, now, saved, share, spread, n }) => {
    const { unit, ...perDay } = unitsOf(metric, scenario);
    const ofDay = subject.kind === 'mix' && scenario.fleet ? perDayOf(saved, perDay, scenario.fleet) : NO_DAY;
    return {
      scenario: scenario.name,
      ...names,
      ...{ regime: subject.regime, subject_kind: subject.kind, subject: subject.name, metric, unit },
      ...{ now, saved: saved.value, saved_low: saved.low, saved_high: saved.high },
      ...{ share: finite(share.value), share_low: finite(share.low), share_high: finite(share.high) },
      ...{ share_p05: finite(spread?.[0]), share_p95: finite(spread?.[1]) },
      ...(metric === 'energy' ? {} : { if_multiplied: null }),
      ...ofDay,
      n,
      formula: formulaShown(scenario, [...new Set(subject.parts.map(({ model }) => model))]),
    };
  });
}

type PerDay = Pick<LeverRow, 'unit_per_day' | 'saved_per_day' | 'saved_per_day_low' | 'saved_per_day_high'>;

const NO_DAY: PerDay = { unit_per_day: '', saved_per_day: null, saved_per_day_low: null, saved_per_day_high: null };

function perDayOf(
  { value, low, high }: Estimate,
  { unit_per_day, per_day }: Omit<Units, 'unit'>,
  { queries_per_day, beta }: ResolvedFleet,
): PerDay {
  const scale = (queries_per_day * beta) / per_day;
  return {
    unit_per_day,
    ...{ saved_per_day: value * scale, saved_per_day_low: low * scale, saved_per_day_high: high * scale },
  };
}

function unitsOf(metric: Saving['metric'], { impact }: ResolvedScenario): Units {
  const currency = impact?.currency ?? '';
  if (metric === 'carbon') return { unit: 'gCO2e/query', unit_per_day: 'tCO2e/day', per_day: 1e6 };
  if (metric === 'water') return { unit: 'mL/query', unit_per_day: 'm3/day', per_day: 1e6 };
  if (metric === 'cost') return { unit: `${currency}/query`, unit_per_day: `${currency}/day`, per_day: 1 };
  return { unit: 'Wh/query', unit_per_day: 'MWh/day', per_day: 1e6 };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
