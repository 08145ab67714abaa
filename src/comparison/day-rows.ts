import { dayUnitOf, dayUnitsPerGwh } from '../model/energy-per-day.js';
import { ALL_REGIMES } from '../result/rows/inputs.js';
import { finiteOrNull } from '../tables/finite.js';
import type { CompareRow } from '../tables/studies.js';
import type { ComparedDay } from './fleet-days.js';
import { NOT_KNOWN } from './known-changes.js';
import type { Estimate } from './paired-sums.js';

/** The rows of a fleet's day: a day has no spread between queries, so its number and its interval stand at the mean. */
export function dayRows(
  names: Pick<CompareRow, 'scenario_a' | 'scenario_b'>,
  { mix, ratio, gwh, n }: ComparedDay,
  { formula, paired }: Pick<CompareRow, 'formula' | 'paired'>,
): CompareRow[] {
  const unit = dayUnitOf(gwh.value);
  const inUnit = dayUnitsPerGwh(unit);
  const row = (quantity: string, of: string, { value, low, high }: Estimate, scale: number): CompareRow => ({
    ...names,
    ...{ regime: ALL_REGIMES, subject_kind: 'mix', subject: mix, quantity, unit: of, paired, n, n_dropped: 0 },
    ...{ mean: finiteOrNull(value * scale), std: null, ...NO_QUANTILES, formula },
    ...{ mean_low: finiteOrNull(low * scale), mean_high: finiteOrNull(high * scale), ...NOT_KNOWN },
  });
  return [row('energy_per_day_ratio', '1', ratio, 1), row('energy_per_day_difference', unit, gwh, inUnit)];
}

const NO_QUANTILES = {
  ...{ p05: null, p25: null, p50: null, p75: null, p95: null },
  ...{ p50_ci_low: null, p50_ci_high: null },
};
