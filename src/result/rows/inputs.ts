import { compileDistribution } from '../../distributions/compile.js';
import { distributionText } from '../../distributions/text.js';
import { IMPACT_INPUTS } from '../../model/impact/inputs.js';
import { boundsOf, isInput, unitOf } from '../../model/quantities.js';
import { exactText } from '../../plan/graph.js';
import type { PlannedInput } from '../../plan/plan.js';
import type { Pass } from '../../plan/stages.js';
import type { Histogram } from '../../sketch/histogram.js';
import type { Integrated } from '../../sketch/integrated.js';
import { shareAboveOne, shareBelowOne, statisticsOf } from '../../sketch/statistics.js';
import { finiteOrNull } from '../../tables/finite.js';
import type { InputsRow } from '../../tables/schema.js';
import type { Result } from '../result.js';

/** Stands for the regime of a variable that all regimes share and none counts by itself. */
export const ALL_REGIMES = 'all';

/**
 * One row for each regime and input variable as drawn (a variable that differs by model has a row for each distribution):
 * how it was drawn, the mass that truncation took away, and the share of draws outside what is physically possible. Then
 * multipliers and stated throughputs, for every regime alike; their draws are counted in the energy.
 */
export async function inputRows({ scenario, models, blends }: Result): Promise<InputsRow[]> {
  const inputs = new Map([...models.plan.inputs, ...blends.plan.inputs].map((input) => [identity(input), input]));
  const counted = [...inputs.values()].filter(({ of }) => of !== undefined);
  const uncounted = [...inputs.values()].filter(({ of }) => of === undefined);
  return Promise.all(
    [...counted, ...uncounted].map((input) =>
      inputRow(scenario.name, input, models.integrated ? 0 : scenario.samples, foundOf(models, input.of)),
    ),
  );
}

function identity({ regime, variable, distribution }: PlannedInput): string {
  return exactText([regime, variable, distribution]);
}

/** What was found of an input by itself. */
type Found = Histogram | Integrated | undefined;

function foundOf({ sketches, integrated }: Pass, of: number | undefined): Found {
  return of === undefined ? undefined : (integrated?.[of] ?? sketches.histograms[of]);
}

async function inputRow(
  scenario: string,
  { regime = ALL_REGIMES, variable, distribution }: PlannedInput,
  samples: number,
  found: Found,
): Promise<InputsRow> {
  const { removedMass } = await compileDistribution(distribution);
  return {
    scenario,
    regime,
    variable,
    unit: unitOfVariable(variable),
    distribution: distributionText(distribution),
    ...(found ? drawn(found) : { n: samples, mean: null, std: null, p05: null, p50: null, p95: null }),
    removed_mass: removedMass,
    ...(found ? outOfBounds(variable, found) : WITHIN),
  };
}

function unitOfVariable(variable: string): string {
  if (isInput(variable)) return unitOf(variable);
  if (variable.includes('.node_seconds.')) return 's';
  const impact = Object.values(IMPACT_INPUTS).find(({ key }) => key === variable);
  if (impact) return impact.unit;
  return variable.endsWith('.tps') ? unitOf('tps') : '1';
}

function drawn(found: Histogram | Integrated) {
  const { n, mean, std, p05, p50, p95 } = 'statistics' in found ? found.statistics : statisticsOf(found, 1);
  return {
    n,
    ...{ mean: finiteOrNull(mean), std: finiteOrNull(std) },
    ...{ p05: finiteOrNull(p05), p50: finiteOrNull(p50), p95: finiteOrNull(p95) },
  };
}

const WITHIN = { bound_low: 0, bound_high: null, share_below: 0, share_above: 0 };

/** Shares of draws outside physical bounds, which are 0, 1 or none. */
function outOfBounds(variable: string, found: Histogram | Integrated) {
  const [bound_low, high] = boundsOf(variable);
  return {
    bound_low,
    bound_high: finiteOrNull(high),
    share_below: bound_low === 1 ? shareBelowOf(found) : 0,
    share_above: high === 1 ? shareAboveOf(found) : 0,
  };
}

function shareBelowOf(found: Histogram | Integrated): number {
  return 'statistics' in found ? found.shareBelow(1) : shareBelowOne(found);
}

function shareAboveOf(found: Histogram | Integrated): number {
  return 'statistics' in found ? found.shareAbove(1) : shareAboveOne(found);
}
