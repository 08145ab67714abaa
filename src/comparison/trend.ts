import { type Estimate, ratioOf } from '../expect/estimate.js';
import { finiteOrNull } from '../tables/finite.js';
import { isPlainEnergy } from '../tables/plain-energies.js';
import type { FleetRow, SummaryRow } from '../tables/schema.js';
import type { TrendRow } from '../tables/trend.js';
import { changesBetween, type Origin } from './scenario-changes.js';

/** One scenario's result on one night. */
export interface NightRun {
  readonly origin: Origin;
  readonly summary: readonly SummaryRow[];
  readonly fleet: readonly FleetRow[];
}

/** A night: its results by the scenarios' names. */
export interface Night {
  readonly name: string;
  readonly runs: ReadonlyMap<string, NightRun>;
}

/** Results over nights, and where they end. */
export interface Trend {
  readonly nights: readonly string[];
  readonly rows: readonly TrendRow[];
  /** Rows of the last night that moved, those that moved most first. */
  readonly moved: readonly TrendRow[];
  /** Scenarios of the night before that the last one lacks. */
  readonly missing: readonly string[];
}

/** What one night says of one result. */
interface Reading extends Pick<TrendRow, 'regime' | 'subject_kind' | 'subject' | 'formula' | 'metric' | 'unit'> {
  readonly statistic: 'p50' | 'total';
  readonly found: Estimate;
}

/**
 * Follows every scenario's medians (energy of models and untrimmed blends, no pathway) and fleet totals through the nights, in
 * their order. A result has moved where its ratio to the night before differs from 1 by more than both nights' Monte Carlo
 * errors, taken as independent: with draws in common it is more certain than said. A fleet's error is that of a mean, and hides what
 * medians show: over the same draws a fleet moves where its number does and something has changed.
 */
export function trendOf(nights: readonly Night[]): Trend {
  const names = [...new Set(nights.flatMap(({ runs }) => [...runs.keys()]))];
  const rows = names.flatMap((name) => scenarioRows(name, nights));
  const last = nights.at(-1);
  const moved = rows
    .filter(({ night, moved }) => night === last?.name && moved === 'yes')
    .sort((a, b) => sizeOf(b) - sizeOf(a));
  const before = nights.at(-2)?.runs.keys() ?? [];
  return {
    nights: nights.map(({ name }) => name),
    rows,
    moved,
    missing: [...before].filter((name) => !last?.runs.has(name)),
  };
}

function scenarioRows(scenario: string, nights: readonly Night[]): TrendRow[] {
  const before = new Map<string, { readonly run: NightRun; readonly found: Estimate }>();
  return nights.flatMap(({ name: night, runs }) => {
    const run = runs.get(scenario);
    if (run === undefined) return [];
    return readingsOf(run).map((reading) => {
      const { found, ...names } = reading;
      const key = JSON.stringify(names);
      const earlier = before.get(key);
      before.set(key, { run, found });
      const { value, low, high } = found;
      const movement = earlier ? movementFrom(earlier.run, earlier.found, run, reading) : FIRST;
      return {
        ...{ night, scenario, ...names, value: finiteOrNull(value), low: finiteOrNull(low), high: finiteOrNull(high) },
        ...movement,
        samples: run.origin.scenario.samples,
      };
    });
  });
}

const FIRST = { ratio: null, moved: 'first', changed: '' };

function movementFrom(before: NightRun, earlier: Estimate, run: NightRun, { statistic, found }: Reading) {
  const { value, low, high } = ratioOf(found, earlier);
  const changes = changesBetween(before.origin, run.origin);
  const byNumber = statistic === 'total' && hasSameDraws(before.origin, run.origin);
  const beyond = byNumber || Number.isNaN(low) ? value !== 1 && changes.length > 0 : low > 1 || high < 1;
  return { ratio: finiteOrNull(value), moved: beyond ? 'yes' : 'no', changed: changes.join('; ') };
}

function hasSameDraws({ scenario: one }: Origin, { scenario: other }: Origin): boolean {
  return one.seed === other.seed && one.samples === other.samples && one.sampler === other.sampler;
}

function sizeOf({ ratio }: TrendRow): number {
  return ratio === null || ratio <= 0 ? Number.POSITIVE_INFINITY : Math.abs(Math.log(ratio));
}

function readingsOf({ summary, fleet }: NightRun): Reading[] {
  const energies = summary.filter(isPlainEnergy);
  return [
    ...energies.map(energyReading),
    ...fleet.filter(({ improvement }) => improvement === 'none').map(fleetReading),
  ];
}

function energyReading(row: SummaryRow): Reading {
  const { regime, subject_kind, subject, formula, metric, unit } = row;
  const [value, low, high] = [row.p50, row.p50_ci_low, row.p50_ci_high].map((number) => number ?? Number.NaN);
  return {
    ...{ regime, subject_kind, subject, formula, metric, unit },
    statistic: 'p50',
    found: { value, low, high },
  };
}

function fleetReading({ mix, gwh_per_day, gwh_low, gwh_high, formula }: FleetRow): Reading {
  return {
    ...{ regime: '', subject_kind: 'mix', subject: mix, formula, metric: 'energy_per_day', unit: 'GWh/day' },
    statistic: 'total',
    found: { value: gwh_per_day ?? Number.NaN, low: gwh_low ?? Number.NaN, high: gwh_high ?? Number.NaN },
  };
}
