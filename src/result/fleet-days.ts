import { fleetGwhPerDay } from '../model/fleet.js';
import type { Boundary } from '../model/formulas/formula.js';
import { BASELINE, LINE_OF_SIGHT } from '../model/pathway.js';
import type { RowNames } from '../plan/plan.js';
import type { Pass } from '../plan/stages.js';
import type { ResolvedFleet } from '../scenario/resolved.js';
import { type Statistics, statisticsOf } from '../sketch/statistics.js';
import type { Result } from './result.js';

/** Energy of one day of a mix, with the 95 % interval of its Monte Carlo error. */
export interface FleetDay {
  readonly mix: string;
  readonly improvement: 'none' | typeof LINE_OF_SIGHT;
  readonly gwh_per_day: number;
  readonly gwh_low: number;
  readonly gwh_high: number;
  /** The formula of the blend's energies; days of the first one come first. */
  readonly formula: string;
  readonly boundary: Boundary;
}

/** Energy of the fleet's day for every mix, without and with line-of-sight improvement where the scenario states it. */
export function fleetDays({ scenario: { fleet }, blends }: Result): FleetDay[] {
  if (fleet === undefined) return [];
  const improvements =
    Object.keys(fleet.line_of_sight).length > 0 ? (['none', LINE_OF_SIGHT] as const) : (['none'] as const);
  return formulasOf(fleet.blend, blends).flatMap(({ formula, boundary }) =>
    fleet.mixes.flatMap(({ name: mix, weights }) =>
      improvements.map((improvement) => ({
        mix,
        improvement,
        ...mixDay(fleet, weights, { improvement, formula }, blends),
        ...{ formula, boundary },
      })),
    ),
  );
}

/** By which formulas a blend was counted, in their order. */
function formulasOf(blend: string, { plan }: Pass): Pick<RowNames, 'formula' | 'boundary'>[] {
  const rows = plan.measures.filter(({ row }) => row.subject_kind === 'blend' && row.subject === blend);
  return [...new Map(rows.map(({ row: { formula, boundary } }) => [formula, { formula, boundary }])).values()];
}

/** Which of a blend's energies. */
interface Counted {
  readonly improvement: FleetDay['improvement'];
  readonly formula: string;
}

function mixDay(
  fleet: ResolvedFleet,
  weights: Readonly<Record<string, number>>,
  counted: Counted,
  blends: Pass,
): Pick<FleetDay, 'gwh_per_day' | 'gwh_low' | 'gwh_high'> {
  const { replicates, pilot } = blends;
  const terms = Object.entries(weights).map(([regime, weight]) => {
    const of = countedOf(fleet.blend, regime, counted, blends);
    return { output: of, weight, energy: meanOf(blends, of) };
  });
  const sum = (of: (energy: Mean) => number) => terms.reduce((all, { weight, energy }) => all + weight * of(energy), 0);
  const mean = sum(({ mean }) => mean);
  // Regimes and models share draws, so their errors add up, but for what the pilot says.
  const share = terms.every(({ output }) => pilot?.has(output)) ? (pilot?.sumShare(terms) ?? 1) : 1;
  let [below, above] = [
    share * (mean - sum(({ mean_low }) => mean_low)),
    share * (sum(({ mean_high }) => mean_high) - mean),
  ];
  if (replicates) below = above = replicates.meanError(terms);
  const gwh = (energy_wh: number) => fleetGwhPerDay(fleet.queries_per_day, energy_wh, fleet.beta);
  return { gwh_per_day: gwh(mean), gwh_low: gwh(mean - below), gwh_high: gwh(mean + above) };
}

type Mean = Pick<Statistics, 'mean' | 'mean_low' | 'mean_high'>;

/** Mean of what was counted with its 95 % interval, or of what was integrated with its numerical error. */
function meanOf({ plan, sketches, integrated }: Pass, of: number): Mean {
  return integrated?.[of]?.statistics ?? statisticsOf(sketches.histograms[of], plan.samples);
}

/** What was counted of a blend's untrimmed energy in a regime. */
function countedOf(blend: string, regime: string, { improvement, formula }: Counted, { plan }: Pass): number {
  const pathway = improvement === 'none' ? BASELINE : improvement;
  const measure = plan.measures.find(
    ({ row }) =>
      row.subject === blend &&
      row.regime === regime &&
      row.pathway === pathway &&
      row.trim === 'none' &&
      row.metric === 'energy' &&
      row.formula === formula,
  );
  if (measure === undefined) throw new RangeError(`the energy of ${blend} in ${regime}, ${pathway}, was not counted`);
  return measure.of;
}
