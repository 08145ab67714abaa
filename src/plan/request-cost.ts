import { speculativeCosts } from '../model/hardware/speculative-decoding.js';
import type { PhaseFactors } from '../model/power-management/managed-costs.js';
import type { RequestCosts } from '../model/throughput/request-cost.js';
import type { RequestCostThroughput } from '../model/throughput/request-cost-throughput.js';
import type { NodeId } from './node.js';
import { serviceSeconds } from './offline-to-service.js';
import type { InputNodes } from './plan.js';
import type { PlanBuilder } from './plan-builder.js';
import { scaled } from './scaled.js';

/** What a scenario calls each cost of a request, node-seconds. */
export const COST_KEYS = {
  a: 'per_input_token',
  b: 'per_output_token',
  c: 'per_context_token',
  w: 'per_step',
} as const satisfies Readonly<Record<keyof RequestCosts, string>>;

/** Name of the stream of a cost that a scenario states. */
export function costVariable(model: string, cost: keyof RequestCosts): string {
  return `models.${model}.node_seconds.${COST_KEYS[cost]}`;
}

/** One cost of a request, with drafts where the model is served with them. @param factor of what else changes it */
export function planCost(
  model: string,
  { costs, speculation }: RequestCostThroughput,
  name: keyof RequestCosts,
  builder: PlanBuilder,
  factor = 1,
): NodeId {
  const drafted = speculation ? speculativeCosts({ a: 1, b: 1, c: 1, w: 1 }, speculation)[name] : 1;
  return scaled(builder.variable(costVariable(model, name), costs[name], 'weight'), factor * drafted, builder);
}

/** Nodes of what a request costs and of the throughput that follows. */
export interface RequestNodes {
  readonly node_seconds: NodeId;
  readonly tps: NodeId;
  /** Node-seconds of an output token beside a full node, without context. */
  readonly b: NodeId;
}

/**
 * A request's node-seconds. Queries in flight count where the scenario states them and something is known of what they share.
 *
 * @param factors of the costs of each phase: prefill's of a, decode's of b, c and w
 */
export function planSeconds(
  model: string,
  throughput: RequestCostThroughput,
  { input_tokens: input, output_tokens: output, cached_input_tokens: cached, concurrency }: InputNodes,
  builder: PlanBuilder,
  factors: PhaseFactors,
): Pick<RequestNodes, 'node_seconds' | 'b'> {
  const cost = (name: keyof RequestCosts, factor: number) => planCost(model, throughput, name, builder, factor);
  const { prefill, decode } = factors;
  const b = cost('b', decode);
  const offline = builder.graph.place({
    kind: 'requestCost',
    input,
    output,
    ...(cached !== undefined && { cached }),
    a: cost('a', prefill),
    b,
    c: cost('c', decode),
    ...(concurrency !== undefined && { steps: { w: cost('w', decode), concurrency } }),
  });
  const seconds = withResidual(model, throughput, { input, output, offline }, builder);
  return { node_seconds: serviceSeconds(throughput, seconds, builder), b };
}

/** A request's node-seconds, as in `planSeconds`, and the throughput that follows. */
export function planRequest(
  model: string,
  throughput: RequestCostThroughput,
  drawn: InputNodes,
  builder: PlanBuilder,
  factors: PhaseFactors,
): RequestNodes {
  const { node_seconds, b } = planSeconds(model, throughput, drawn, builder, factors);
  const tps = builder.graph.place({ kind: 'outputRate', output: drawn.output_tokens, seconds: node_seconds });
  return { node_seconds, tps, b };
}

/** Name of the stream of what the fit of a model is off by. */
export function residualVariable(model: string): string {
  return `models.${model}.node_seconds.residual`;
}

/** Node-seconds times what the law is off by, where the scenario asks for it. */
function withResidual(
  model: string,
  { fit, uncertain }: RequestCostThroughput,
  { input, output, offline }: Readonly<Record<'input' | 'output' | 'offline', NodeId>>,
  builder: PlanBuilder,
): NodeId {
  if (uncertain === undefined) return offline;
  const { graph } = builder;
  const { residual, growth } = uncertain;
  const of = builder.variable(residualVariable(model), residual);
  const covered = fit?.input_tokens &&
    fit.output_tokens && { input_tokens: fit.input_tokens, output_tokens: fit.output_tokens };
  const off = covered && growth > 0 ? graph.place({ kind: 'residual', of, growth, covered, input, output }) : of;
  return graph.place({ kind: 'product', factors: [offline, off], constant: 1, divisors: [] });
}

/**
 * Utilisation coupled to throughput. Full load is that of the fastest row or, without rows, of queries without input and
 * context, 1 / b; loading is at most 1, as nothing limits what the law says of shorter queries.
 */
export function planRequestUtilization(
  { base, span }: { readonly base: number; readonly span: number },
  { fit }: RequestCostThroughput,
  { tps, b }: Pick<RequestNodes, 'tps' | 'b'>,
  { graph }: PlanBuilder,
): NodeId {
  const share = fit
    ? graph.place({ kind: 'product', factors: [tps], constant: 1 / fit.max_tps, divisors: [] })
    : graph.place({ kind: 'product', factors: [tps, b], constant: 1, divisors: [] });
  const full = graph.place({ kind: 'constant', value: 1, ln: 0 });
  const loading = graph.place({ kind: 'minimum', of: [share, full] });
  return graph.place({ kind: 'coupled', base, span, max_tps: 1, tps: loading });
}
