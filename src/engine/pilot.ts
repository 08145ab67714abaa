import { samplesInBlock } from '../blocks/blocks.js';
import { exp } from '../distributions/elementary.js';
import type { Kernel } from '../kernel/kernel.js';
import { keptShare } from '../model/blend.js';
import type { NodeId } from '../plan/node.js';
import type { CountedPool, Plan } from '../plan/plan.js';
import { BINS_PER_E } from '../sketch/histogram.js';
import { Pilot, type PilotColumn, type PilotPool } from '../sketch/pilot.js';

/**
 * The pilot of a plan that pools models of pseudo-random draws; undefined for any other, whose errors need none. It looks at the
 * draws of one block: 1024 of them tell the width of an interval to 3 %.
 *
 * @param kernel is evaluated anew: what its columns held is lost
 */
export async function pilotOf(plan: Plan, kernel: () => Kernel | Promise<Kernel>): Promise<Pilot | undefined> {
  const pools = poolsOf(plan);
  if (pools.size === 0 || plan.sampler !== 'pseudo') return undefined;
  const nodes = new Set(
    [...pools.values()].flatMap(({ members, divisor }) => [divisor, ...members.map(({ node }) => node)]),
  );
  const drawn = columnsOf(plan, await kernel(), [...nodes]);
  const known = [...pools].map(([place, pool]) => [place, poolOf(pool, drawn)] as const);
  return new Pilot(new Map(known), plan.samples);
}

function poolsOf({ counted }: Plan): ReadonlyMap<number, CountedPool> {
  return new Map(counted.flatMap((what, place) => (what.kind === 'pool' ? [[place, what] as const] : [])));
}

/** Of the first block. */
function columnsOf(plan: Plan, kernel: Kernel, nodes: readonly NodeId[]): ReadonlyMap<NodeId, PilotColumn> {
  const n = samplesInBlock(plan, 0);
  kernel.evaluate(0, n);
  return new Map(
    nodes.map((node) => {
      const ln = Float64Array.from(kernel.layout.ln[node].subarray(0, n));
      return [node, { ln, value: ln.map(exp) }];
    }),
  );
}

function poolOf({ members, divisor, keep }: CountedPool, drawn: ReadonlyMap<NodeId, PilotColumn>): PilotPool {
  const column = (node: NodeId) => drawn.get(node) ?? { ln: new Float64Array(0), value: new Float64Array(0) };
  return {
    members: members.map(({ node, lowBin, highBin }) => ({
      draws: column(node),
      low: keep === 'all' ? Number.NEGATIVE_INFINITY : lowBin / BINS_PER_E,
      high: keep === 'all' ? Number.POSITIVE_INFINITY : (highBin + 1) / BINS_PER_E,
    })),
    divisor: column(divisor),
    kept: keptShare(keep === 'all' ? 'none' : 'p14-p86'),
  };
}
