import { OVIEDO } from '../model/formulas/oviedo.js';
import { INPUT_NAMES, INPUTS, type Input } from '../model/quantities.js';
import { lawOf } from '../model/throughput/throughput.js';
import type { PowerUtilization, ResolvedModel, ResolvedRegime } from '../scenario/resolved.js';
import { graphAlgebra, type Term } from './graph-algebra.js';
import type { NodeId } from './node.js';
import type { Service } from './plan.js';
import type { PlanBuilder } from './plan-builder.js';

/** A service and the distributions of its inputs, where it has some of their own. */
export interface PlannedService extends Service {
  readonly quantities: Service['quantities'] & Readonly<Record<Input | 'energy' | 'tps', NodeId>>;
  readonly stated: readonly { readonly input: Input; readonly distribution: Exclude<PowerUtilization, Coupled> }[];
}

type Coupled = Extract<PowerUtilization, { coupled: unknown }>;

/** One model in one regime: its inputs, its throughput and its energy as nodes. */
export function planService(regime: ResolvedRegime, model: ResolvedModel, builder: PlanBuilder): PlannedService {
  const written = { ...regime, node_power_kw: model.node_power_kw };
  const stated = INPUT_NAMES.flatMap((input) => {
    const distribution = written[input];
    return 'coupled' in distribution ? [] : [{ input, distribution }];
  });
  const drawn = Object.fromEntries(
    stated.map(({ input, distribution }) => [input, builder.variable(input, distribution, INPUTS[input].scale)]),
  ) as Record<Input, NodeId>;
  const tps = planTps(model, drawn, builder);
  const power_utilization = planUtilization(regime, model, drawn.power_utilization, tps, builder);
  const effective_tokens = builder.graph.place({
    kind: 'weightedSum',
    base: drawn.output_tokens,
    weight: drawn.prefill_weight,
    other: drawn.input_tokens,
  });
  const nodes = { ...drawn, power_utilization, tps };
  const energy = OVIEDO.energy(symbolsOf({ ...nodes, effective_tokens }), graphAlgebra(builder.graph)).node;
  return { regime: regime.name, model: model.name, quantities: { ...nodes, energy }, stated };
}

function planTps({ name, throughput }: ResolvedModel, drawn: Record<Input, NodeId>, builder: PlanBuilder): NodeId {
  if (throughput.method === 'given') return builder.variable(tpsVariable(name), throughput.tps);
  const { input_tokens: input, output_tokens: output } = drawn;
  return builder.graph.place({ kind: 'fit', law: lawOf(throughput), input, output });
}

/** Name of the stream of a throughput that a scenario states. */
export function tpsVariable(model: string): string {
  return `models.${model}.tps`;
}

function planUtilization(
  { power_utilization }: ResolvedRegime,
  { throughput }: ResolvedModel,
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

function symbolsOf<K extends string>(nodes: Readonly<Record<K, NodeId>>): Record<K, Term> {
  const entries = Object.entries<NodeId>(nodes).map(([name, node]) => [name, { node }]);
  return Object.fromEntries(entries) as Record<K, Term>;
}
