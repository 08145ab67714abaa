import { compileDistribution } from '../../distributions/compile.js';
import type { Distribution } from '../../distributions/index.js';
import { distributionText } from '../../distributions/text.js';
import { POWER_UTILIZATION_BOUNDS, PUE_BOUNDS } from '../../model/power.js';
import type { CellPlan } from '../../plan/plan.js';
import type { Histogram } from '../../sketch/histogram.js';
import { shareAboveOne, shareBelowOne, statisticsOf } from '../../sketch/statistics.js';
import type { InputsRow } from '../../tables/schema.js';
import { inputColumns, inputHistogram, type Result, UNITS } from '../result.js';

/** Stands for the regime of a variable that all regimes share and none counts by itself. */
export const ALL_REGIMES = 'all';

/**
 * One row for each regime and input variable as drawn (a variable that differs by model has a row for each distribution):
 * how it was drawn, the mass that truncation took away, and the share of draws outside what is physically possible.
 */
export async function inputRows(result: Result): Promise<InputsRow[]> {
  const { scenario, models } = result;
  const rows: Promise<InputsRow>[] = [];
  models.plan.regimes.forEach((regime, index) => {
    const cells = models.plan.cells.filter((cell) => cell.regime === index);
    for (const [column, variable] of columnsOf(result, cells)) {
      const { distribution } = models.plan.columns[column];
      rows.push(inputRow(scenario.name, regime.name, variable, distribution, inputHistogram(models, column)));
    }
  });
  return [...(await Promise.all(rows)), ...(await uncountedRows(result))];
}

/** Multipliers and stated throughputs: how they were drawn, for every regime alike; their draws are counted in the energy. */
async function uncountedRows({ scenario, models, blends }: Result): Promise<InputsRow[]> {
  const drawn = [...models.plan.columns, ...blends.plan.columns].filter(({ variable }) =>
    /^(pathways|models)\./.test(variable),
  );
  const columns = new Map(drawn.map((column) => [JSON.stringify([column.variable, column.distribution]), column]));
  return Promise.all(
    [...columns.values()].map(async ({ variable, distribution }) => ({
      scenario: scenario.name,
      regime: ALL_REGIMES,
      variable,
      unit: variable.endsWith('.tps') ? UNITS.tps : '1',
      distribution: distributionText(distribution),
      n: scenario.samples,
      ...{ mean: null, std: null, p05: null, p50: null, p95: null },
      removed_mass: (await compileDistribution(distribution)).removedMass,
      ...{ bound_low: 0, bound_high: null, share_below: 0, share_above: 0 },
    })),
  );
}

function columnsOf({ models }: Result, cells: readonly CellPlan[]): Map<number, string> {
  const columns = cells.flatMap((cell) => inputColumns(models.plan, cell));
  return new Map(columns.map(({ column, variable }) => [column, variable]));
}

async function inputRow(
  scenario: string,
  regime: string,
  variable: string,
  distribution: Distribution,
  histogram: Histogram,
): Promise<InputsRow> {
  const { n, mean, std, p05, p50, p95 } = statisticsOf(histogram, 1);
  return {
    scenario,
    regime,
    variable,
    unit: UNITS[variable] ?? '1',
    distribution: distributionText(distribution),
    ...{ n, mean, std, p05, p50, p95 },
    removed_mass: (await compileDistribution(distribution)).removedMass,
    ...outOfBounds(variable, histogram),
  };
}

function outOfBounds(variable: string, histogram: Histogram) {
  if (variable === 'pue') {
    return { bound_low: PUE_BOUNDS[0], bound_high: null, share_below: shareBelowOne(histogram), share_above: 0 };
  }
  if (variable === 'power_utilization') {
    const [bound_low, bound_high] = POWER_UTILIZATION_BOUNDS;
    return { bound_low, bound_high, share_below: 0, share_above: shareAboveOne(histogram) };
  }
  return { bound_low: 0, bound_high: null, share_below: 0, share_above: 0 };
}
