import { ln } from '../distributions/elementary.js';
import { highestMedians, keptShare, TRIM_HIGH, TRIM_LOW, type Trim } from '../model/blend.js';
import { fleetGwhPerDay } from '../model/fleet.js';
import {
  BASELINE,
  type BlendMembers,
  type CellPlan,
  type ColumnIndex,
  LINE_OF_SIGHT,
  type OutputPlan,
  type PathwayOutput,
  type Plan,
} from '../plan/plan.js';
import type { ResolvedBlend, ResolvedFleet, ResolvedScenario } from '../scenario/resolved.js';
import { type Histogram, type HistogramData, repeatedValue } from '../sketch/histogram.js';
import type { Replicates } from '../sketch/replicates.js';
import type { Counted } from '../sketch/sketches.js';
import { meanAndStd, quantileBins, quantiles, Z_95 } from '../sketch/statistics.js';
import type { PrecisionReached } from './precision-reached.js';

/** One pass over all samples: what was planned and what was counted. */
export interface Pass {
  readonly plan: Plan;
  readonly sketches: Counted;
  /** The replicates that tell the error of a stratified sampler; absent for pseudo-random draws. */
  readonly replicates?: Replicates;
}

/** All that a run found. */
export interface Result {
  /** What was run: `samples` are those drawn. */
  readonly scenario: ResolvedScenario;
  readonly models: Pass;
  readonly blends: Pass;
  /** What a run to a precision asked for and used. */
  readonly precision?: PrecisionReached;
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
  readonly histogram: HistogramData;
  /** Independent draws that the confidence interval of a quantile is worth: those drawn, unless the sampler does better. */
  readonly effectiveDraws: (probability: number) => number;
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
export function seriesOf({ models, blends }: Result): Series[] {
  return [
    ...models.plan.cells.flatMap((cell, index) => cellSeries(models, cell, index)),
    ...blends.plan.outputs.map((output, i) => pathwaySeries(blends, output, i)),
  ];
}

/** Energy of the fleet's day for every mix, without and with line-of-sight improvement where the scenario states it. */
export function fleetDays({ scenario: { fleet }, blends }: Result): FleetDay[] {
  if (fleet === undefined) return [];
  const improvements =
    Object.keys(fleet.line_of_sight).length > 0 ? (['none', LINE_OF_SIGHT] as const) : (['none'] as const);
  return fleet.mixes.flatMap(({ name: mix, weights }) =>
    improvements.map((improvement) => ({
      mix,
      improvement,
      ...mixDay(fleet, weights, improvement, blends),
    })),
  );
}

/** The distribution of an input variable of a regime, as drawn. */
export function inputHistogram({ plan, sketches }: Pass, column: ColumnIndex): Histogram {
  return sketches.histograms[inputOutput(plan, column)];
}

function inputOutput({ outputs }: Plan, column: ColumnIndex): number {
  return outputs.findIndex((output) => output.kind === 'column' && output.column === column);
}

/**
 * Independent draws that a quantile of an output is worth: all that were made, or what the replicates of a stratified sampler
 * say of its rank.
 */
function effectiveDraws({ plan, sketches, replicates }: Pass, output: number): Series['effectiveDraws'] {
  if (replicates === undefined) return () => plan.samples;
  return (probability) => {
    const [value] = quantiles(sketches.histograms[output], [probability]);
    return replicates.effectiveDraws(output, ln(value), probability);
  };
}

/**
 * As `effectiveDraws`, of a trimmed quantile: its rank is one among all draws, for the trim is by rank itself, and among those
 * kept is 1/share times as uncertain.
 */
function trimmedDraws(untrimmed: Series['effectiveDraws'], trim: Trim): Series['effectiveDraws'] {
  const share = keptShare(trim);
  return (probability) => {
    const rank = (1 - share) / 2 + share * probability;
    return (untrimmed(rank) * share ** 2 * probability * (1 - probability)) / (rank * (1 - rank));
  };
}

function untrimmed({ outputs }: Plan, { blend, pathway }: PathwayOutput): number {
  return outputs.findIndex(
    (output) =>
      output.kind === 'pathway' && output.blend === blend && output.pathway === pathway && output.trim === 'none',
  );
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

function cellSeries(pass: Pass, cell: CellPlan, index: number): Series[] {
  const { plan, sketches } = pass;
  const own = plan.outputs.flatMap((output, i) => {
    if (!('cell' in output) || output.cell !== index) return [];
    const [metric, pathway] =
      output.kind === 'non-production' ? [output.quantity, output.serving] : [output.kind, BASELINE];
    return [modelSeries(plan, cell, metric, sketches.histograms[i], effectiveDraws(pass, i), pathway)];
  });
  const inputs = inputColumns(plan, cell).map(({ variable, column }) =>
    modelSeries(plan, cell, variable, inputHistogram(pass, column), effectiveDraws(pass, inputOutput(plan, column))),
  );
  return [...own, ...inputs, ...shareSeries(pass, cell, index)];
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
function shareSeries({ plan, sketches }: Pass, cell: CellPlan, index: number): Series[] {
  const energy =
    sketches.histograms[plan.outputs.findIndex((output) => output.kind === 'energy' && output.cell === index)];
  const shares = {
    tps_capped: sketches.capped[index],
    tps_extrapolated: sketches.extrapolated[index],
    energy_zero: energy.zeros,
    energy_non_finite: energy.non_finite,
  };
  return Object.entries(shares).map(([metric, draws]) =>
    modelSeries(plan, cell, metric, indicator(plan.samples, draws), () => plan.samples),
  );
}

function indicator(n: number, ones: number): HistogramData {
  return { ...repeatedValue(0, Float64Array.of(ones)), zeros: n - ones };
}

function modelSeries(
  plan: Plan,
  cell: CellPlan,
  metric: string,
  histogram: HistogramData,
  effectiveDraws: Series['effectiveDraws'],
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
    effectiveDraws,
  };
}

function pathwaySeries(pass: Pass, output: OutputPlan, index: number): Series {
  const { plan, sketches } = pass;
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
    histogram: sketches.histograms[index],
    // Models share their draws, so a pool of them is no more certain than one model.
    effectiveDraws: trimmedDraws(effectiveDraws(pass, untrimmed(plan, output)), output.trim),
  };
}

function mixDay(
  fleet: ResolvedFleet,
  weights: Readonly<Record<string, number>>,
  improvement: FleetDay['improvement'],
  { plan, sketches, replicates }: Pass,
): Pick<FleetDay, 'gwh_per_day' | 'gwh_low' | 'gwh_high'> {
  const terms = Object.entries(weights).map(([regime, weight]) => {
    const output = fleetOutput(fleet.blend, regime, improvement, plan);
    return { output, weight, energy: meanAndStd(sketches.histograms[output]) };
  });
  let mean = 0;
  let error = 0;
  for (const { weight, energy } of terms) {
    mean += weight * energy.mean;
    // Regimes share draws, so their errors may add up.
    error += (weight * Z_95 * energy.std) / Math.sqrt(plan.samples);
  }
  if (replicates) error = replicates.meanError(terms);
  const gwh = (energy_wh: number) => fleetGwhPerDay(fleet.queries_per_day, energy_wh, fleet.beta);
  return { gwh_per_day: gwh(mean), gwh_low: gwh(mean - error), gwh_high: gwh(mean + error) };
}

function fleetOutput(blend: string, regime: string, improvement: FleetDay['improvement'], plan: Plan): number {
  const pathway = improvement === 'none' ? BASELINE : improvement;
  return plan.outputs.findIndex((output) => {
    if (output.kind !== 'pathway' || output.trim !== 'none' || output.pathway !== pathway) return false;
    const planned = plan.blends[output.blend];
    return planned.name === blend && plan.regimes[planned.regime].name === regime;
  });
}
