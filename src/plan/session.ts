import type { Distribution } from '../distributions/index.js';
import { SESSION_VARIABLES, type SessionSums, type SessionVariable } from '../model/session/session.js';
import type { SessionResult } from '../model/session/session-results.js';
import type { RequestCostThroughput } from '../model/throughput/request-cost-throughput.js';
import type { ResolvedRegime, ResolvedSession } from '../scenario/resolved.js';
import type { NodeId, SessionSpec } from './node.js';
import { serviceSeconds } from './offline-to-service.js';
import type { InputNodes } from './plan.js';
import type { PlanBuilder } from './plan-builder.js';
import { planCost } from './request-cost.js';

/** Nodes of what a session costs and of what readers are told of it. */
export interface SessionNodes {
  readonly node_seconds: NodeId;
  readonly tps: NodeId;
  /** Node-seconds of an output token beside a full node, without context. */
  readonly b: NodeId;
  readonly requests: NodeId;
  readonly longest_context: NodeId;
  readonly cut: NodeId;
}

/** A session's node-seconds: sums over its requests, times what each of them costs. The sums are the same for all models. */
export function planSession(
  model: string,
  throughput: RequestCostThroughput,
  regime: ResolvedRegime & { readonly session: ResolvedSession },
  { concurrency }: InputNodes,
  builder: PlanBuilder,
): SessionNodes {
  const { graph } = builder;
  const spec = specOf(regime, builder);
  const sumOf = (sum: keyof SessionSums) => graph.place({ kind: 'session', spec, sum, per: 'query' });
  const cost = (name: 'a' | 'b' | 'c' | 'w') => planCost(model, throughput, name, builder);
  const product = (factors: readonly NodeId[], divisors: readonly NodeId[] = []) =>
    graph.place({ kind: 'product', factors, constant: 1, divisors });
  const [output, b] = [sumOf('output_tokens'), cost('b')];
  const terms = [
    product([cost('a'), sumOf('fresh_tokens')]),
    product([b, output]),
    product([cost('c'), sumOf('context_reads')]),
    ...(concurrency === undefined ? [] : [product([cost('w'), output], [concurrency])]),
  ];
  const node_seconds = serviceSeconds(throughput, graph.place({ kind: 'total', terms }), builder);
  const tps = graph.place({ kind: 'outputRate', output, seconds: node_seconds });
  const others = { requests: sumOf('requests'), longest_context: sumOf('longest_context'), cut: sumOf('cut') };
  return { node_seconds, tps, b, ...others };
}

function specOf(regime: ResolvedRegime & { readonly session: ResolvedSession }, builder: PlanBuilder): SessionSpec {
  const { variables, rules } = regime.session;
  const distributions: Partial<Record<SessionVariable, Distribution>> = {
    ...variables,
    input_tokens: regime.input_tokens,
    output_tokens: regime.output_tokens,
    ...(regime.reasoning_tokens && { reasoning_tokens: regime.reasoning_tokens }),
  };
  const isDrawn = (name: SessionVariable) =>
    distributions[name] !== undefined ||
    (name === 'session.turns' && rules.hazard !== undefined) ||
    (name === 'session.retries' && rules.retries > 0);
  const streams = SESSION_VARIABLES.filter(isDrawn).map((name) => {
    const distribution = distributions[name];
    // Lengths of one row stay together in a turn, too.
    const row = distribution?.family === 'recorded' ? distribution.parameters.row_of : undefined;
    return [name, { key: builder.key(row ?? name), ...(distribution && { distribution }) }] as const;
  });
  return { rules, variables: Object.fromEntries(streams) };
}

/** What a reader is told of sessions beside their energy. @param success share of sessions that reach their goal */
export function sessionQuantities(
  energy: NodeId,
  { requests, longest_context, cut }: SessionNodes,
  success: number,
  { graph }: PlanBuilder,
): Readonly<Record<SessionResult, NodeId>> {
  const each = (constant: number, divisors: readonly NodeId[] = []) =>
    graph.place({ kind: 'product', factors: [energy], constant, divisors });
  return {
    energy_per_session: energy,
    energy_per_request: each(1, [requests]),
    energy_per_success: each(1 / success),
    requests,
    longest_context,
    session_cut: cut,
  };
}
