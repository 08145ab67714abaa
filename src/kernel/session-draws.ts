import { compileDistribution } from '../distributions/compile.js';
import type { QuantileFunction } from '../distributions/distribution.js';
import { ln } from '../distributions/elementary.js';
import { type SessionSums, type SessionVariable, simulateSession } from '../model/session/session.js';
import type { NodeId, NodeOf, PlanNode } from '../plan/node.js';
import { type UniformOfTurn, uniformsOfTurns } from '../random/uniform-of-turn.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { Column } from './layout.js';

/** Draws the first `n` sessions of a block (all of them, if not said) into the columns of their sums, from a place on. */
export type DrawSessions = (block: number, first: number, n?: number) => void;

type SessionNode = NodeOf<'session'>;

/** The nodes of sessions among some of a plan. */
export function sessionNodes(nodes: readonly PlanNode[], ids: readonly NodeId[]): { id: NodeId; node: SessionNode }[] {
  return ids.flatMap((id) => {
    const node = nodes[id];
    return node.kind === 'session' ? [{ id, node }] : [];
  });
}

/**
 * Draws sessions for the columns that some nodes have: each session once, whatever of it is asked for. Both engines draw by this one
 * function, since a session is a loop of unknown length that no block operation does.
 *
 * @param uniformOf where the numbers come from that turns are drawn by
 */
export async function sessionDraws(
  nodes: readonly { readonly id: NodeId; readonly node: SessionNode }[],
  { value, ln: lnOf }: { readonly value: readonly Column[]; readonly ln: readonly Column[] },
  uniformOf = uniformsOfTurns(),
): Promise<DrawSessions[]> {
  const specs = new Map<string, typeof nodes>();
  for (const one of nodes) {
    const identity = JSON.stringify(one.node.spec);
    specs.set(identity, [...(specs.get(identity) ?? []), one]);
  }
  return Promise.all(
    [...specs.values()].map((alike) =>
      drawsOf(
        alike[0].node,
        alike.map(({ id, node }) => ({ sum: node.sum, value: value[id], ln: lnOf[id] })),
        uniformOf,
      ),
    ),
  );
}

interface SumColumns {
  readonly sum: keyof SessionSums;
  readonly value: Column;
  readonly ln: Column;
}

async function drawsOf(
  { spec }: SessionNode,
  columns: readonly SumColumns[],
  uniformOf: UniformOfTurn,
): Promise<DrawSessions> {
  const quantiles = await quantilesOf(spec);
  const place = { block: 0, i: 0 };
  const draw = (variable: SessionVariable, turn: number) => {
    const one = quantiles[variable];
    if (typeof one === 'number') return one;
    const drawn = one.quantile(uniformOf(one.key, place.block, place.i, turn));
    return one.isCount ? Math.round(drawn) : drawn;
  };
  const sums = { fresh_tokens: 0, output_tokens: 0, context_reads: 0, requests: 0, longest_context: 0, cut: 0 };
  return (block, first, n = BLOCK_SIZE) => {
    place.block = block;
    for (let i = 0; i < n; i++) {
      place.i = i;
      simulateSession(spec.rules, draw, sums);
      for (const { sum, value, ln: lnValue } of columns) {
        value[first + i] = sums[sum];
        lnValue[first + i] = sums[sum] === 0 ? Number.NEGATIVE_INFINITY : ln(sums[sum]);
      }
    }
  };
}

interface DrawnVariable {
  readonly key: readonly [number, number];
  readonly quantile: QuantileFunction;
  readonly isCount: boolean;
}

/** How each variable is drawn; numbers are what does not vary. */
async function quantilesOf({
  variables,
  rules,
}: SessionNode['spec']): Promise<Record<SessionVariable, DrawnVariable | number>> {
  const entries = await Promise.all(
    Object.entries(variables).map(async ([name, { key, distribution }]) => {
      const isCount = name !== 'session.gap_s';
      if (distribution === undefined) return [name, { key, quantile: (u: number) => u, isCount: false }] as const;
      const { quantile } = await compileDistribution(distribution);
      if (distribution.family !== 'constant') return [name, { key, quantile, isCount }] as const;
      return [name, isCount ? Math.round(quantile(0.5)) : quantile(0.5)] as const;
    }),
  );
  const never = {
    'session.turns': 1,
    'session.system_tokens': 0,
    'session.tool_tokens': 0,
    'session.gap_s': 0,
    reasoning_tokens: 0,
  };
  const stated = Object.fromEntries(entries) as Record<'input_tokens' | 'output_tokens', DrawnVariable | number>;
  const retries = entries.find(([name]) => name === 'session.retries')?.[1] ?? 1;
  // Where there are no retries, nothing is below their chance, 0.
  return { ...never, ...stated, 'session.retries': rules.retries === 0 ? 1 : retries };
}
