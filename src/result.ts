import { highestMedians, keptShare, TRIM_HIGH, TRIM_LOW, type Trim } from './model/blend.js';
import { fleetGwhPerDay } from './model/fleet.js';
import {
  BASELINE,
  type BlendMembers,
  type CellPlan,
  type ColumnIndex,
  LINE_OF_SIGHT,
  type OutputPlan,
  type Plan,
} from './plan.js';
import type { ResolvedBlend, ResolvedFleet, ResolvedScenario } from './scenario/resolved.js';
import { Histogram } from './sketch/histogram.js';
import type { Sketches } from './sketch/sketches.js';
import { meanAndStd, quantileBins, quantiles, Z_95 } from './sketch/statistics.js';

/** One pass over all samples: what was planned and what was counted. */
export interface Pass {
  readonly plan: Plan;
  readonly sketches: Sketches;
}

/** All that a run found. */
export interface Result {
  readonly scenario: ResolvedScenario;
  readonly models: Pass;
  readonly blends: Pass;
}

/** One distribution of a result, named as the rows of the summary are. */
export interface Series {
  readonly regime: string;
  readonly subject_kind: 'model' | 'blend';
  readonly subject: string;
  readonly pathway: string;
  readonly trim: Trim;
  readonly metric: string;
  readonly unit: string;
  readonly histogram: Histogram;
  /** Independent draws behind the median's confidence interval. */
  readonly effectiveDraws: number;
}

/** Energy of one day of a mix, with the 95 % interval of its Monte Carlo error. */
export interface FleetDay {
  readonly mix: string;
  readonly improvement: 'none' | typeof LINE_OF_SIGHT;
  readonly gwh_per_day: number;
  readonly gwh_low: number;
  readonly gwh_high: number;
}

/** Units of everything that a series can be about. */
export const UNITS: Readonly<Record<string, string>> = {
  energy: 'Wh/query',
  energy_ratio: '1',
  tps: 'tok/s',
  input_tokens: 'tok',
  output_tokens: 'tok',
  prefill_weight: '1',
  node_power_kw: 'kW',
  power_utilization: '1',
  pue: '1',
};

/** Which models each blend pools in each regime, and which of their bins the trim keeps: what the second pass needs. */
export function blendMembers(scenario: ResolvedScenario, models: Pass): BlendMembers[] {
  return models.plan.regimes.flatMap(({ name: regime }, index) => {
    const energies = energyByModel(models, index);
    return scenario.blends.map((blend) => ({
      blend: blend.name,
      regime,
      members: memberNames(blend, energies).map((model) => ({ model, ...keptBins(energies.get(model)) })),
    }));
  });
}

/** All distributions, in the order in which tables and terminal show them. */
export function seriesOf({ scenario, models, blends }: Result): Series[] {
  return [
    ...models.plan.cells.flatMap((cell, index) => cellSeries(scenario, models, cell, index)),
    ...blends.plan.outputs.map((output, i) => pathwaySeries(scenario, blends, output, blends.sketches.histograms[i])),
  ];
}

/** Energy of the fleet's day for every mix, without and with line-of-sight improvement where the scenario states it. */
export function fleetDays({ scenario, blends }: Result): FleetDay[] {
  const { fleet } = scenario;
  if (fleet === undefined) return [];
  const improvements =
    Object.keys(fleet.line_of_sight).length > 0 ? (['none', LINE_OF_SIGHT] as const) : (['none'] as const);
  return fleet.mixes.flatMap(({ name: mix, weights }) =>
    improvements.map((improvement) => ({
      mix,
      improvement,
      ...mixDay(fleet, weights, improvement, scenario.samples, blends),
    })),
  );
}

/** The distribution of an input variable of a regime, as drawn. */
export function inputHistogram({ plan, sketches }: Pass, column: ColumnIndex): Histogram {
  return sketches.histograms[plan.outputs.findIndex((output) => output.kind === 'column' && output.column === column)];
}

function energyByModel({ plan, sketches }: Pass, regime: number): Map<string, Histogram> {
  const energies = plan.outputs.flatMap((output, i) => {
    if (output.kind !== 'energy' || plan.cells[output.cell].regime !== regime) return [];
    return [[plan.cells[output.cell].model, sketches.histograms[i]] as const];
  });
  return new Map(energies);
}

function memberNames({ members }: ResolvedBlend, energies: ReadonlyMap<string, Histogram>): readonly string[] {
  if ('models' in members) return members.models;
  const medians = [...energies].map(([model, energy]) => ({ model, p50: quantiles(energy, [0.5])[0] }));
  return highestMedians(medians, members.highest_median_energy);
}

function keptBins(energy: Histogram | undefined): { lowBin: number; highBin: number } {
  if (energy === undefined) throw new RangeError('a blend pools a model that was not drawn');
  const [lowBin, highBin] = quantileBins(energy, [TRIM_LOW, TRIM_HIGH]);
  return { lowBin, highBin };
}

function cellSeries(scenario: ResolvedScenario, pass: Pass, cell: CellPlan, index: number): Series[] {
  const { plan, sketches } = pass;
  const own = plan.outputs.flatMap((output, i) => {
    if (!('cell' in output) || output.cell !== index) return [];
    const [metric, pathway] =
      output.kind === 'non-production' ? [output.quantity, output.serving] : [output.kind, BASELINE];
    return [modelSeries(scenario, plan, cell, metric, sketches.histograms[i], pathway)];
  });
  const inputs = inputColumns(plan, cell).map(({ variable, column }) =>
    modelSeries(scenario, plan, cell, variable, inputHistogram(pass, column)),
  );
  return [...own, ...inputs, ...shareSeries(scenario, pass, cell, index)];
}

/** The input variables behind a cell, under their own names. */
export function inputColumns(plan: Plan, cell: CellPlan): { variable: string; column: ColumnIndex }[] {
  const regime = plan.regimes[cell.regime];
  const { output_tokens, input_tokens, prefill_weight, power_utilization, pue } = regime;
  return [output_tokens, input_tokens, prefill_weight, cell.node_power_kw, power_utilization, pue]
    .filter((column) => typeof column === 'number')
    .map((column) => ({ variable: plan.columns[column].variable, column }));
}

/** Shares of a cell's draws that a reader must know of, each as the distribution of an indicator that is 0 or 1. */
function shareSeries(scenario: ResolvedScenario, { plan, sketches }: Pass, cell: CellPlan, index: number): Series[] {
  const energy =
    sketches.histograms[plan.outputs.findIndex((output) => output.kind === 'energy' && output.cell === index)];
  const shares = {
    tps_capped: sketches.capped[index],
    tps_extrapolated: sketches.extrapolated[index],
    energy_zero: energy.zeros,
    energy_non_finite: energy.non_finite,
  };
  return Object.entries(shares).map(([metric, draws]) =>
    modelSeries(scenario, plan, cell, metric, indicator(scenario.samples, draws)),
  );
}

function indicator(n: number, ones: number): Histogram {
  const histogram = new Histogram();
  if (ones > 0) {
    histogram.add(Float64Array.of(0), 1);
    histogram.counts[0] = ones;
  }
  histogram.zeros = n - ones;
  return histogram;
}

function modelSeries(
  { samples }: ResolvedScenario,
  plan: Plan,
  cell: CellPlan,
  metric: string,
  histogram: Histogram,
  pathway: string = BASELINE,
): Series {
  return {
    regime: plan.regimes[cell.regime].name,
    subject_kind: 'model',
    subject: cell.model,
    pathway,
    trim: 'none',
    metric,
    unit: UNITS[metric] ?? '1',
    histogram,
    effectiveDraws: samples,
  };
}

function pathwaySeries(
  { samples }: ResolvedScenario,
  { plan }: Pass,
  output: OutputPlan,
  histogram: Histogram,
): Series {
  if (output.kind !== 'pathway') throw new RangeError(`the second pass counts pathways only, not ${output.kind}`);
  const blend = plan.blends[output.blend];
  return {
    regime: plan.regimes[blend.regime].name,
    subject_kind: 'blend',
    subject: blend.name,
    pathway: output.pathway,
    trim: output.trim,
    metric: 'energy',
    unit: UNITS.energy,
    histogram,
    // Models share their draws, so a pool of them is no more certain than one model.
    effectiveDraws: samples * keptShare(output.trim) ** 2,
  };
}

function mixDay(
  fleet: ResolvedFleet,
  weights: Readonly<Record<string, number>>,
  improvement: FleetDay['improvement'],
  samples: number,
  blends: Pass,
): Pick<FleetDay, 'gwh_per_day' | 'gwh_low' | 'gwh_high'> {
  let mean = 0;
  let error = 0;
  for (const [regime, weight] of Object.entries(weights)) {
    const energy = meanAndStd(fleetHistogram(fleet.blend, regime, improvement, blends));
    mean += weight * energy.mean;
    // Regimes share draws, so their errors may add up.
    error += (weight * Z_95 * energy.std) / Math.sqrt(samples);
  }
  const gwh = (energy_wh: number) => fleetGwhPerDay(fleet.queries_per_day, energy_wh, fleet.beta);
  return { gwh_per_day: gwh(mean), gwh_low: gwh(mean - error), gwh_high: gwh(mean + error) };
}

function fleetHistogram(
  blend: string,
  regime: string,
  improvement: FleetDay['improvement'],
  { plan, sketches }: Pass,
): Histogram {
  const pathway = improvement === 'none' ? BASELINE : improvement;
  const index = plan.outputs.findIndex((output) => {
    if (output.kind !== 'pathway' || output.trim !== 'none' || output.pathway !== pathway) return false;
    const planned = plan.blends[output.blend];
    return planned.name === blend && plan.regimes[planned.regime].name === regime;
  });
  return sketches.histograms[index];
}
