import { dayUnitOf, dayUnitsPerGwh, ENERGY_PER_DAY } from '../../model/energy-per-day.js';
import { finiteOrNull } from '../../tables/finite.js';
import type { FleetRow, SummaryRow } from '../../tables/schema.js';
import { ALL_REGIMES } from './inputs.js';

type Day = Pick<FleetRow, 'mix' | 'improvement' | 'gwh_per_day' | 'gwh_low' | 'gwh_high' | 'formula' | 'boundary'>;

/**
 * Days of a fleet under the names of a summary's rows, in MWh or GWh by size: the mean is the day's energy, with the interval of its
 * Monte Carlo error. A day has no spread between queries.
 *
 * @param samples draws per model and regime
 */
export function dayRows(scenario: string, days: readonly Day[], samples: number): SummaryRow[] {
  return days.map(({ mix, improvement, gwh_per_day, gwh_low, gwh_high, formula, boundary }) => {
    const unit = dayUnitOf(gwh_per_day ?? 0);
    const inUnit = (gwh: number | null) => (gwh === null ? null : finiteOrNull(gwh * dayUnitsPerGwh(unit)));
    return {
      scenario,
      ...{ regime: ALL_REGIMES, subject_kind: 'mix', subject: mix, pathway: improvement, trim: 'none' },
      ...{ metric: ENERGY_PER_DAY, unit, n: samples, ...NO_SPREAD, mean: inUnit(gwh_per_day) },
      ...{ mean_low: inUnit(gwh_low), mean_high: inUnit(gwh_high), formula, boundary },
    };
  });
}

/** The columns that tell of queries. */
const NO_SPREAD = {
  ...{ std: null, p05: null, p25: null, p50: null, p75: null, p95: null, iqr: null },
  ...{ p50_ci_low: null, p50_ci_high: null },
};

/** Rows of days in GWh, whatever unit they are told in; other rows as they are. */
export function inGwh<R extends Readonly<Record<'unit', string>>>(row: R, numbers: readonly (keyof R)[]): R {
  const per = dayUnitsPerGwh(row.unit);
  if (per === 1) return row;
  const scaled = numbers.map((name) => [name, typeof row[name] === 'number' ? row[name] / per : row[name]]);
  return { ...row, ...Object.fromEntries(scaled), unit: 'GWh/day' };
}
