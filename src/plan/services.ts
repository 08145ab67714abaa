import { mayBeZero } from '../distributions/support.js';
import type { DerivedSymbol } from '../model/formulas/formula.js';
import { OVIEDO } from '../model/formulas/oviedo.js';
import { REQUEST_COST } from '../model/formulas/request-cost.js';
import { INPUT_NAMES, INPUTS, type Input, type RequiredInput } from '../model/quantities.js';
import type { RequestCostThroughput } from '../model/throughput/request-cost-throughput.js';
import { lawOf, type Throughput } from '../model/throughput/throughput.js';
import type { PowerUtilization, ResolvedModel, ResolvedRegime } from '../scenario/resolved.js';
import { graphAlgebra, type Term } from './graph-algebra.js';
import type { NodeId } from './node.js';
import { serviceTps } from './offline-to-service.js';
import type { InputNodes, Service } from './plan.js';
import type { PlanBuilder } from './plan-builder.js';
import { planRequest, planRequestUtilization } from './request-cost.js';

/** A service and the distributions of its inputs, where it has some of their own. */
export interface PlannedService extends Service {
  readonly quantities: InputNodes & Readonly<Record<'energy' | 'tps', NodeId>>;
  readonly stated: readonly StatedInput[];
  /** What is 0 in the draws whose energy is: ratios of energies are only formed where it is not. */
  readonly amount: NodeId;
}

interface StatedInput {
  readonly input: Input;
  readonly distribution: Exclude<PowerUtilization, Coupled>;
}

type Coupled = Extract<PowerUtilization, { coupled: unknown }>;

/** One model in one regime: its inputs, its throughput and its energy as nodes. */
export function planService(regime: ResolvedRegime, model: ResolvedModel, builder: PlanBuilder): PlannedService {
  const stated = statedInputs(regime, model);
  const inPlanOrder = [...stated].sort((a, b) => INPUTS[a.input].place.plan - INPUTS[b.input].place.plan);
  const drawn = Object.fromEntries(
    inPlanOrder.map(({ input, distribution }) => [
      input,
      builder.variable(variableOf(input, distribution), distribution, INPUTS[input].scale),
    ]),
  ) as unknown as InputNodes;
  const { amount, ...quantities } =
    model.throughput.method === 'request-cost'
      ? requestQuantities(regime, model.name, model.throughput, drawn, builder)
      : rateQuantities(regime, model.name, model.throughput, drawn, builder);
  const isByTokens = !stated.some(({ input, distribution }) => isFactor(input) && mayBeZero(distribution));
  return {
    regime: regime.name,
    model: model.name,
    quantities,
    stated,
    amount: isByTokens ? amount : quantities.energy,
  };
}

/** The stream that an input is drawn by: that of the row, where several are drawn together. */
function variableOf(input: Input, distribution: StatedInput['distribution']): string {
  return (distribution.family === 'recorded' ? distribution.parameters.row_of : undefined) ?? input;
}

function isFactor(input: Input): boolean {
  return INPUTS[input].scale === 'factor';
}

/** Nodes of a service, and what is 0 in the draws whose energy is, if none of its factors are. */
type Quantities = PlannedService['quantities'] & { readonly amount: NodeId };

/** What a query states, in table order: inputs that are left out, or follow from others, are not among them. */
function statedInputs(regime: ResolvedRegime, model: ResolvedModel): StatedInput[] {
  const written = { ...model, ...regime };
  return INPUT_NAMES.flatMap((input) => {
    const distribution = written[input];
    return distribution === undefined || 'coupled' in distribution ? [] : [{ input, distribution }];
  });
}

/** Energy by the tokens that a node puts out in a second. */
function rateQuantities(
  { power_utilization: utilization }: ResolvedRegime,
  model: string,
  throughput: Exclude<Throughput, RequestCostThroughput>,
  drawn: InputNodes,
  builder: PlanBuilder,
): Quantities {
  const tps = planTps(model, throughput, drawn, builder);
  const power_utilization = planUtilization(utilization, throughput, drawn.power_utilization, tps, builder);
  const effective_tokens = builder.graph.place({
    kind: 'weightedSum',
    base: drawn.output_tokens,
    weight: drawn.prefill_weight,
    other: drawn.input_tokens,
  });
  const nodes = { ...drawn, power_utilization, tps };
  const energy = OVIEDO.energy(
    symbolsOf<RequiredInput | 'effective_tokens' | 'tps'>({ ...nodes, effective_tokens }),
    graphAlgebra(builder.graph),
  ).node;
  return { ...nodes, energy, amount: effective_tokens };
}

/** Energy by the node-seconds that a request costs. */
function requestQuantities(
  { power_utilization: utilization }: ResolvedRegime,
  model: string,
  throughput: RequestCostThroughput,
  drawn: InputNodes,
  builder: PlanBuilder,
): Quantities {
  const { node_seconds, tps, b } = planRequest(model, throughput, drawn, builder);
  const power_utilization =
    'coupled' in utilization
      ? planRequestUtilization(utilization.coupled, throughput, { tps, b }, builder)
      : drawn.power_utilization;
  const nodes = { ...drawn, power_utilization, tps };
  const energy = REQUEST_COST.energy(
    symbolsOf<RequiredInput | 'node_seconds'>({ ...nodes, node_seconds }),
    graphAlgebra(builder.graph),
  ).node;
  return { ...nodes, energy, amount: node_seconds };
}

function planTps(
  model: string,
  throughput: Exclude<Throughput, RequestCostThroughput>,
  { input_tokens: input, output_tokens: output }: InputNodes,
  builder: PlanBuilder,
): NodeId {
  if (throughput.method === 'given') return builder.variable(tpsVariable(model), throughput.tps);
  const tps = builder.graph.place({ kind: 'fit', law: lawOf(throughput), input, output });
  return serviceTps(throughput, tps, builder);
}

/** Name of the stream of a throughput that a scenario states. */
export function tpsVariable(model: string): string {
  return `models.${model}.tps`;
}

function planUtilization(
  power_utilization: PowerUtilization,
  throughput: Exclude<Throughput, RequestCostThroughput>,
  drawn: NodeId,
  tps: NodeId,
  { graph }: PlanBuilder,
): NodeId {
  if (!('coupled' in power_utilization)) return drawn;
  const { base, span } = power_utilization.coupled;
  if (throughput.method !== 'given')
    return graph.place({ kind: 'coupled', base, span, max_tps: throughput.cap_tps, tps });
  // A throughput that the user states is the node's highest: it has no other to be compared with.
  const highest = graph.place({ kind: 'constant', value: 1, ln: 0 });
  return graph.place({ kind: 'coupled', base, span, max_tps: 1, tps: highest });
}

function symbolsOf<K extends RequiredInput | DerivedSymbol>(nodes: Readonly<Record<K, NodeId>>): Record<K, Term> {
  const entries = Object.entries<NodeId>(nodes).map(([name, node]) => [name, { node }]);
  return Object.fromEntries(entries) as Record<K, Term>;
}
