import type { Distribution } from '../distributions/index.js';
import type { Formula } from '../model/formulas/formula.js';
import { FORMULAS } from '../model/formulas/index.js';
import { compileLoad } from '../model/load/node-hours.js';
import { loadProfile } from '../model/load/profile.js';
import type { ResolvedLoad } from '../scenario/resolved.js';
import type { NodeId } from './node.js';
import type { Outcome } from './plan.js';
import type { PlanBuilder } from './plan-builder.js';

/** Names of the streams of the two shares of power. */
const PARKED = 'load.power.parked';
const ACTIVE = 'load.power.active';

/** What load makes of the energy of full nodes. */
interface LoadNodes {
  /** Energy of the idle over that of full nodes for the same work; undefined where nothing is ever idle. */
  readonly idle: NodeId | undefined;
  /** 1 + idle. */
  readonly factor: NodeId | undefined;
}

/**
 * Idle energy for each unit of work, linear in the shares of power: active · (serving − 1) + parked · parked hours, from the
 * node-hours of the week (model/load/node-hours.ts).
 */
function planLoad(load: ResolvedLoad, builder: PlanBuilder): LoadNodes {
  const { serving, parked } = compileLoad(loadProfile(load.hours), load.lag_h).nodeHours(load);
  const { graph } = builder;
  const part = (variable: string, distribution: Distribution, hours: number) =>
    hours > 0
      ? [
          graph.place({
            kind: 'product',
            factors: [builder.variable(variable, distribution)],
            constant: hours,
            divisors: [],
          }),
        ]
      : [];
  const parts = [...part(ACTIVE, load.active, serving - 1), ...part(PARKED, load.parked, parked)];
  if (parts.length === 0) return { idle: undefined, factor: undefined };
  const idle = parts.length === 1 ? parts[0] : graph.place({ kind: 'total', terms: parts });
  const full = graph.place({ kind: 'constant', value: 1, ln: 0 });
  return { idle, factor: graph.place({ kind: 'total', terms: [full, idle] }) };
}

/**
 * An energy where nodes are not always full, and what is told apart: the idle where it is, the time of the node. A formula that is
 * not made of the node's power has its own idea of how full nodes are.
 *
 * @param seconds of the whole node that a query takes
 */
export function underLoad(
  load: ResolvedLoad,
  full: Outcome,
  seconds: () => NodeId,
  builder: PlanBuilder,
): [Outcome, ...Outcome[]] {
  const formula = Object.values<Formula>(FORMULAS).find(({ name }) => name === full.formula);
  if (!formula?.takes.includes('node_power_kw')) return [full];
  const { idle, factor } = planLoad(load, builder);
  const product = (...factors: readonly NodeId[]) =>
    builder.graph.place({ kind: 'product', factors, constant: 1, divisors: [] });
  const time: Outcome = { ...full, metric: 'node_seconds', node: seconds() };
  if (idle === undefined || factor === undefined) return [full, time];
  if (load.idle_to === 'query') return [{ ...full, node: product(full.node, factor) }, time];
  return [full, { ...full, metric: 'energy_idle', node: product(full.node, idle) }, time];
}

/** Tells readers of the shares of power. */
export function tellLoad({ parked, active }: ResolvedLoad, builder: PlanBuilder): void {
  builder.input({ variable: ACTIVE, distribution: active });
  builder.input({ variable: PARKED, distribution: parked });
}
