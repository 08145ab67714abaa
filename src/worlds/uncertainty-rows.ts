import { estimateOf } from '../expect/estimate.js';
import { dayUnitOf, dayUnitsPerGwh, ENERGY_PER_DAY } from '../model/energy-per-day.js';
import { ALL_REGIMES } from '../result/rows/inputs.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Z_95 } from '../sketch/statistics.js';
import type { SummaryRow } from '../tables/schema.js';
import type { UncertaintyRow } from '../tables/worlds.js';
import { overWorlds } from './over-worlds.js';
import type { Worlds } from './run-worlds.js';
import { fleetMixes, fleetValues, type MixOfFormula, rowOfMix } from './world-fleet.js';
import { valuesOf, type WorldStatistic, worldStatistics } from './world-values.js';

/** The rows of `uncertainty.arrow`: every statistic of every result over worlds, then every mix of the fleet. */
export function uncertaintyRows(worlds: Worlds): UncertaintyRow[] {
  const { scenario, rows } = worlds;
  const results = rows[0].flatMap((row, i) =>
    worldStatistics(scenario).map((statistic) => ({
      ...namesOf(scenario, row),
      statistic,
      ...overAll(worlds, valuesOf(worlds, i, statistic), relativeError(worlds, row, statistic)),
    })),
  );
  return [...results, ...fleetRows(worlds)];
}

/** The columns that name a row, and how its numbers came about. */
function namesOf({ name: scenario }: ResolvedScenario, row: SummaryRow) {
  const { regime, subject_kind, subject, pathway, trim, metric, unit, formula, boundary } = row;
  return { scenario, regime, subject_kind, subject, pathway, trim, metric, unit, formula, boundary };
}

function overAll({ scenario }: Worlds, values: Float64Array, error: number) {
  const { worlds, ...statistics } = overWorlds(values, error);
  return { worlds, samples: scenario.uncertainty.samples, ...statistics };
}

/** Standard error of a statistic in one world as a share of it; no number where it has none. */
function relativeError({ scenario }: Worlds, row: SummaryRow, statistic: WorldStatistic): number {
  const { value, low, high } = estimateOf(row, statistic, scenario.uncertainty.samples);
  return high === low ? 0 : (high - low) / (2 * Z_95 * value);
}

function fleetRows(worlds: Worlds): UncertaintyRow[] {
  return fleetMixes(worlds).map((mix) => mixRow(worlds, mix));
}

function mixRow(worlds: Worlds, mix: MixOfFormula): UncertaintyRow {
  const gwh = fleetValues(worlds, mix);
  const unit = dayUnitOf(overWorlds(gwh, 0).p50 ?? 0);
  const [regime] = Object.keys(mix.weights);
  return {
    ...namesOf(worlds.scenario, worlds.rows[0][rowOfMix(worlds, mix, regime)]),
    ...{ regime: ALL_REGIMES, subject_kind: 'mix', subject: mix.name, pathway: mix.improvement, trim: 'none' },
    ...{ metric: ENERGY_PER_DAY, unit, boundary: 'fleet', statistic: 'total' },
    ...overAll(
      worlds,
      gwh.map((day) => day * dayUnitsPerGwh(unit)),
      mixError(worlds, mix),
    ),
  };
}

/** Standard error of a mix's day as a share of it: regimes share draws, so their errors may add up. */
function mixError(worlds: Worlds, mix: MixOfFormula): number {
  let [mean, error] = [0, 0];
  for (const [regime, weight] of Object.entries(mix.weights)) {
    const row = worlds.rows[0][rowOfMix(worlds, mix, regime)];
    mean += weight * (row.mean ?? Number.NaN);
    error += (weight * (row.std ?? Number.NaN)) / Math.sqrt(worlds.scenario.uncertainty.samples);
  }
  return error / mean;
}
