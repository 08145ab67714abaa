import type { Distribution } from '../distributions/index.js';
import type { Scale } from '../model/quantities.js';
import type { SessionRules, SessionSums, SessionVariable } from '../model/session/session.js';
import type { HalfPlane } from '../model/throughput/hull.js';
import type { CoveredTokens, LogLogLaw } from '../model/throughput/throughput.js';
import type { CorrelatedSource } from '../random/correlated-streams.js';
import type { StreamKey } from '../random/streams.js';

/** Position of a node in its plan's list. A node stands behind all that it is made of. */
export type NodeId = number;

/** What each kind of node holds. Quantities of a query, for each of its draws. */
export interface NodeFields {
  /** A random variable. Its stream is its identity: nodes of one stream and one distribution are one node, drawn once. */
  draw: {
    /** The scenario's own name of the variable; with the seed it makes the stream. */
    readonly variable: string;
    readonly key: StreamKey;
    /** Its Sobol dimension; absent for a variable that shares none. */
    readonly dimension?: number;
    /** Where it is correlated with variables before it: whose normal scores add up to its own, and by what weights. */
    readonly correlated?: readonly CorrelatedSource[];
    /** What a world adds to that sum: the part of a variable that all its queries share; absent for nothing. */
    readonly shift?: number;
    readonly distribution: Distribution;
    readonly scale: Scale;
    /** Drawn anew for each query. */
    readonly per: 'query';
  };
  /** A sum over the requests of a session. Nodes of one specification are of one session a draw. */
  session: { readonly spec: SessionSpec; readonly sum: keyof SessionSums; readonly per: 'query' };
  /** One value in every draw, and its logarithm; -Infinity for 0. */
  constant: { readonly value: number; readonly ln: number };
  /** `base + weight · other`, of token counts. */
  weightedSum: { readonly base: NodeId; readonly weight: NodeId; readonly other: NodeId };
  /**
   * Tokens that a query decodes, `answer + reasoning`: the one sum of counts that has values, for what costs follow from them. `one` is 1.
   */
  decoded: { readonly answer: NodeId; readonly reasoning: NodeId; readonly one: NodeId };
  /** Throughput by a fit at the lengths of a query, at most its highest row, tok/s. */
  fit: { readonly law: LogLogLaw; readonly input: NodeId; readonly output: NodeId };
  /** Node-seconds of a query by what it costs the node, see model/throughput/request-cost.ts. */
  requestCost: {
    readonly input: NodeId;
    readonly output: NodeId;
    /** Input tokens that are cached, of which no more count than there are; absent for none. */
    readonly cached?: NodeId;
    readonly a: NodeId;
    readonly b: NodeId;
    readonly c: NodeId;
    /** Absent where nothing is known of what queries in flight share. */
    readonly steps?: { readonly w: NodeId; readonly concurrency: NodeId };
  };
  /** What a law of node-seconds is off by at the lengths of a query: `of`, its logarithm up to 1 + growth times as large beyond the rows. */
  residual: {
    readonly of: NodeId;
    readonly growth: number;
    readonly covered: CoveredTokens;
    readonly input: NodeId;
    readonly output: NodeId;
  };
  /** Output tokens per second of a node that is `seconds` busy with them; 0 where there are none. */
  outputRate: { readonly output: NodeId; readonly seconds: NodeId };
  /** `base + span · tps / max_tps`: the share of its maximum power that a node draws. */
  coupled: { readonly base: number; readonly span: number; readonly max_tps: number; readonly tps: NodeId };
  /** `constant` times the factors over the divisors. */
  product: { readonly factors: readonly NodeId[]; readonly constant: number; readonly divisors: readonly NodeId[] };
  /** The sum of the terms. */
  total: { readonly terms: readonly NodeId[] };
  /** The least of some. */
  minimum: { readonly of: readonly NodeId[] };
  /** One node where another is above 0 and finite; no number elsewhere. */
  conditional: { readonly of: NodeId; readonly on: NodeId };
  /** 1 where a fit's cap holds its throughput back, else 0. */
  capped: { readonly law: LogLogLaw; readonly input: NodeId; readonly output: NodeId };
  /** 1 where a query's lengths lie between no rows of a fit: off the hull of their logarithms, else 0. */
  offHull: { readonly hull: readonly HalfPlane[]; readonly input: NodeId; readonly output: NodeId };
  /** 1 where a query's lengths lie outside the rows of a fit, else 0. */
  outside: { readonly law: CoveredTokens; readonly input: NodeId; readonly output: NodeId };
}

/** All that sessions follow from, as plain data. */
export interface SessionSpec {
  readonly rules: SessionRules;
  /** Streams and distributions of what is drawn; a variable without a distribution is uniform, and compared with a chance. */
  readonly variables: Readonly<Partial<Record<SessionVariable, SessionStream>>>;
}

interface SessionStream {
  readonly key: StreamKey;
  readonly distribution?: Distribution;
}

/** Kinds of nodes. */
export type NodeKind = keyof NodeFields;

/** A node of one of some kinds, as plain data. */
export type NodeOf<K extends NodeKind> = { readonly [P in K]: { readonly kind: P } & NodeFields[P] }[K];

/** A node of any kind. */
export type PlanNode = NodeOf<NodeKind>;

/** A node that is computed from others. */
export type ComputedKind = Exclude<NodeKind, 'draw' | 'session' | 'constant'>;

/** A node that is 0 or 1. */
export type IndicatorKind = 'capped' | 'outside' | 'offHull';

/** How a node names the nodes that it is made of. */
type Operands<K extends NodeKind> = (node: NodeOf<K>, at: (operand: NodeId) => NodeId) => NodeFields[K];

const ofLengths = <L>(
  { law, input, output }: { readonly law: L; readonly input: NodeId; readonly output: NodeId },
  at: (operand: NodeId) => NodeId,
) => ({
  law,
  input: at(input),
  output: at(output),
});

/** Each kind's own fields with its operands elsewhere. */
const MOVED: { readonly [K in NodeKind]: Operands<K> } = {
  draw: ({ kind: _, ...own }) => own,
  session: ({ kind: _, ...own }) => own,
  constant: ({ value, ln }) => ({ value, ln }),
  weightedSum: ({ base, weight, other }, at) => ({ base: at(base), weight: at(weight), other: at(other) }),
  decoded: ({ answer, reasoning, one }, at) => ({ answer: at(answer), reasoning: at(reasoning), one: at(one) }),
  fit: ofLengths,
  requestCost: ({ input, output, cached, a, b, c, steps }, at) => ({
    input: at(input),
    output: at(output),
    ...(cached !== undefined && { cached: at(cached) }),
    a: at(a),
    b: at(b),
    c: at(c),
    ...(steps && { steps: { w: at(steps.w), concurrency: at(steps.concurrency) } }),
  }),
  residual: ({ of, growth, covered, input, output }, at) => ({
    of: at(of),
    growth,
    covered,
    input: at(input),
    output: at(output),
  }),
  outputRate: ({ output, seconds }, at) => ({ output: at(output), seconds: at(seconds) }),
  coupled: ({ base, span, max_tps, tps }, at) => ({ base, span, max_tps, tps: at(tps) }),
  product: ({ factors, constant, divisors }, at) => ({
    factors: factors.map(at),
    constant,
    divisors: divisors.map(at),
  }),
  total: ({ terms }, at) => ({ terms: terms.map(at) }),
  minimum: ({ of }, at) => ({ of: of.map(at) }),
  conditional: ({ of, on }, at) => ({ of: at(of), on: at(on) }),
  capped: ofLengths,
  offHull: ({ hull, input, output }, at) => ({ hull, input: at(input), output: at(output) }),
  outside: ofLengths,
};

/** The same node with its operands elsewhere. */
export function moved<K extends NodeKind>(node: NodeOf<K>, at: (operand: NodeId) => NodeId): NodeOf<K> {
  return { kind: node.kind, ...MOVED[node.kind](node, at) };
}

/** The nodes that a node is made of, in the order in which it names them. */
export function operandsOf(node: PlanNode): NodeId[] {
  const operands: NodeId[] = [];
  moved<NodeKind>(node, (operand) => operands[operands.push(operand) - 1]);
  return operands;
}

/** Whether a node is 0 or 1. */
export function isIndicator(node: PlanNode): node is NodeOf<IndicatorKind> {
  return node.kind === 'capped' || node.kind === 'outside' || node.kind === 'offHull';
}

/** Whether a node is computed from others. */
export function isComputed(node: PlanNode): node is NodeOf<ComputedKind> {
  return node.kind !== 'draw' && node.kind !== 'session' && node.kind !== 'constant';
}
