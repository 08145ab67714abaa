import type { Distribution } from '../distributions/index.js';
import { TRIMS, type Trim } from '../model/blend.js';
import type { FittedThroughput } from '../model/throughput/throughput.js';
import { type CorrelatedSource, correlatedStreams } from '../random/correlated-streams.js';
import type { Sampler } from '../random/sampler.js';
import { type StreamKey, streamKey } from '../random/streams.js';
import type { ResolvedModel, ResolvedRegime, ResolvedScenario } from '../scenario/resolved.js';

/** Position of an input column in `Plan.columns`. */
export type ColumnIndex = number;

/** What the kernel computes for each block, as plain data: a pure function of the scenario. */
export interface Plan {
  readonly samples: number;
  /** What the uniform numbers behind the columns are. */
  readonly sampler: Sampler;
  /** Random inputs; variables with one name and one distribution are one column, drawn once. */
  readonly columns: readonly ColumnPlan[];
  readonly regimes: readonly RegimePlan[];
  readonly cells: readonly CellPlan[];
  readonly blends: readonly BlendPlan[];
  /** What is counted: histogram i of the result is output i of the plan. */
  readonly outputs: readonly OutputPlan[];
}

export interface ColumnPlan {
  /** The scenario's own name of the variable; with the seed it makes the stream. */
  readonly variable: string;
  readonly key: StreamKey;
  /** Where it is correlated with variables before it: whose normal scores add up to its own, and by what weights. */
  readonly correlated?: readonly CorrelatedSource[];
  readonly distribution: Distribution;
  readonly scale: ColumnScale;
}

/** Token counts are rounded to integers; weights are used as they are; factors only ever by their logarithm. */
export type ColumnScale = 'tokens' | 'weight' | 'factor';

export interface RegimePlan {
  readonly name: string;
  readonly input_tokens: ColumnIndex;
  readonly output_tokens: ColumnIndex;
  readonly prefill_weight: ColumnIndex;
  readonly pue: ColumnIndex;
  readonly power_utilization: ColumnIndex | Coupled;
}

export interface Coupled {
  readonly base: number;
  readonly span: number;
}

/** One model in one regime. */
export interface CellPlan {
  readonly regime: number;
  readonly model: string;
  readonly node_power_kw: ColumnIndex;
  /** A fit to evaluate at each query's lengths, or a column of its own. */
  readonly tps: FittedThroughput | ColumnIndex;
}

/** A pool of cells with equal weights, and the cells' bins of energy that the trim keeps. */
export interface BlendPlan {
  readonly name: string;
  readonly regime: number;
  readonly members: readonly BlendMember[];
}

export interface BlendMember {
  readonly cell: number;
  readonly lowBin: number;
  readonly highBin: number;
}

export type OutputPlan =
  | { readonly kind: 'column'; readonly column: ColumnIndex }
  | { readonly kind: CellQuantity; readonly cell: number }
  | NonProductionOutput
  | PathwayOutput;

/** A cell's energy at another, constant throughput, or its ratio to the energy in production; draw by draw. */
export interface NonProductionOutput {
  readonly kind: 'non-production';
  readonly cell: number;
  readonly serving: string;
  readonly quantity: 'energy' | 'energy_ratio';
  readonly tps: number;
}

/** A blend's energy divided by a pathway's multipliers. */
export interface PathwayOutput {
  readonly kind: 'pathway';
  readonly blend: number;
  readonly pathway: string;
  readonly trim: Trim;
  readonly divisors: readonly ColumnIndex[];
}

/** What a cell computes for each draw. */
export type CellQuantity = 'energy' | 'tps' | 'power_utilization';

/** Which models a blend pools in which regime, and the bins its trim keeps: known once the models have been drawn. */
export interface BlendMembers {
  readonly blend: string;
  readonly regime: string;
  readonly members: readonly { readonly model: string; readonly lowBin: number; readonly highBin: number }[];
}

/** First pass: every model in every regime, with the inputs behind it. @param keyOf the streams' keys, for other uses none */
export function planModels(scenario: ResolvedScenario, keyOf = streamKey): Plan {
  const columns = new ColumnList(scenario, keyOf);
  const regimes = scenario.regimes.map((regime) => planRegime(regime, columns));
  const cells = regimes.flatMap((_, regime) => scenario.models.map((model) => planCell(regime, model, columns)));
  const inputs = new Set([...regimes.flatMap(columnsOfRegime), ...cells.map((cell) => cell.node_power_kw)]);
  const outputs: OutputPlan[] = [
    ...[...inputs].map((column) => ({ kind: 'column', column }) as const),
    ...cells.flatMap((cell, index) => cellOutputs(scenario, regimes[cell.regime], cell, index)),
  ];
  return { ...sampling(scenario), columns: columns.list, regimes, cells, blends: [], outputs };
}

/** Second pass: the same draws again, pooled into blends and divided by each pathway's multipliers. */
export function planBlends(scenario: ResolvedScenario, blends: readonly BlendMembers[]): Plan {
  const columns = new ColumnList(scenario);
  const regimes = blends.length > 0 ? scenario.regimes.map((regime) => planRegime(regime, columns)) : [];
  const cells: CellPlan[] = [];
  const outputs: OutputPlan[] = [];
  const planned = blends.map((blend, index) => {
    const regime = regimes.findIndex(({ name }) => name === blend.regime);
    outputs.push(...pathwayOutputs(scenario, blend, index, columns));
    return { name: blend.blend, regime, members: blend.members.map((member) => planMember(member, regime)) };
  });
  return { ...sampling(scenario), columns: columns.list, regimes, cells, blends: planned, outputs };

  function planMember(member: BlendMembers['members'][number], regime: number): BlendMember {
    let cell = cells.findIndex((known) => known.regime === regime && known.model === member.model);
    if (cell < 0) {
      const model = scenario.models.find(({ name }) => name === member.model);
      if (model === undefined) throw new RangeError(`blend of a model that is not in the scenario: ${member.model}`);
      cell = cells.push(planCell(regime, model, columns)) - 1;
    }
    return { cell, lowBin: member.lowBin, highBin: member.highBin };
  }
}

function sampling({ samples, sampler }: ResolvedScenario): Pick<Plan, 'samples' | 'sampler'> {
  return { samples, sampler: sampler ?? 'pseudo' };
}

/** Input columns, each stream and distribution once. */
class ColumnList {
  readonly list: ColumnPlan[] = [];
  readonly #keyOf: (variable: string) => StreamKey;
  readonly #correlated: ReturnType<typeof correlatedStreams>;
  readonly #known = new Map<string, ColumnIndex>();

  constructor({ seed, correlation }: ResolvedScenario, keyOf = streamKey) {
    this.#keyOf = (variable) => keyOf(seed, variable);
    this.#correlated = correlatedStreams(seed, correlation);
  }

  index(variable: string, distribution: Distribution, scale: ColumnScale = 'factor'): ColumnIndex {
    const identity = JSON.stringify([variable, distribution]);
    const known = this.#known.get(identity);
    if (known !== undefined) return known;
    const correlated = this.#correlated.get(variable);
    const key = this.#keyOf(variable);
    const index = this.list.push({ variable, key, ...(correlated && { correlated }), distribution, scale }) - 1;
    this.#known.set(identity, index);
    return index;
  }
}

function planRegime(regime: ResolvedRegime, columns: ColumnList): RegimePlan {
  const { power_utilization } = regime;
  return {
    name: regime.name,
    input_tokens: columns.index('input_tokens', regime.input_tokens, 'tokens'),
    output_tokens: columns.index('output_tokens', regime.output_tokens, 'tokens'),
    prefill_weight: columns.index('prefill_weight', regime.prefill_weight, 'weight'),
    pue: columns.index('pue', regime.pue),
    power_utilization:
      'coupled' in power_utilization
        ? power_utilization.coupled
        : columns.index('power_utilization', power_utilization),
  };
}

function columnsOfRegime(regime: RegimePlan): ColumnIndex[] {
  const { input_tokens, output_tokens, prefill_weight, pue, power_utilization } = regime;
  return [input_tokens, output_tokens, prefill_weight, pue, power_utilization].filter(
    (index) => typeof index === 'number',
  );
}

function planCell(regime: number, model: ResolvedModel, columns: ColumnList): CellPlan {
  const { name, throughput } = model;
  return {
    regime,
    model: name,
    node_power_kw: columns.index('node_power_kw', model.node_power_kw),
    tps: throughput.method === 'given' ? columns.index(`models.${name}.tps`, throughput.tps) : throughput,
  };
}

function cellOutputs(scenario: ResolvedScenario, regime: RegimePlan, cell: CellPlan, index: number): OutputPlan[] {
  const independent = typeof regime.power_utilization === 'number';
  const kinds: CellQuantity[] = independent ? ['energy', 'tps'] : ['energy', 'tps', 'power_utilization'];
  return [
    ...kinds.map((kind) => ({ kind, cell: index }) as const),
    ...nonProductionOutputs(scenario, cell.model, index),
  ];
}

function nonProductionOutputs(scenario: ResolvedScenario, model: string, cell: number): NonProductionOutput[] {
  return scenario.non_production.flatMap(({ name: serving, models }) =>
    models
      .filter(({ name }) => name === model)
      .flatMap(({ tps }) =>
        (['energy', 'energy_ratio'] as const).map(
          (quantity) => ({ kind: 'non-production', cell, serving, quantity, tps }) as const,
        ),
      ),
  );
}

/** The baseline, every pathway of the scenario, and the fleet's line-of-sight improvement of the blend's regime. */
function pathwayOutputs(
  scenario: ResolvedScenario,
  blend: BlendMembers,
  index: number,
  columns: ColumnList,
): OutputPlan[] {
  const lineOfSight = blend.blend === scenario.fleet?.blend ? scenario.fleet.line_of_sight[blend.regime] : undefined;
  const pathways = [
    { name: BASELINE, multipliers: [] },
    ...scenario.pathways,
    ...(lineOfSight
      ? [{ name: LINE_OF_SIGHT, multipliers: [{ name: LINE_OF_SIGHT, distribution: lineOfSight }] }]
      : []),
  ];
  return pathways.flatMap(({ name, multipliers }) => {
    const divisors = multipliers.map(({ name, distribution }) => columns.index(`pathways.${name}`, distribution));
    return TRIMS.map((trim) => ({ kind: 'pathway', blend: index, pathway: name, trim, divisors }) as const);
  });
}

/** Names of the two pathways that no scenario states. */
export const BASELINE = 'baseline';
export const LINE_OF_SIGHT = 'line-of-sight';
