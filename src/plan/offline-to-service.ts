import type { Distribution } from '../distributions/index.js';
import type { NodeId } from './node.js';
import type { PlanBuilder } from './plan-builder.js';

/** Name of the stream of what a service reaches of offline throughput. */
export const OFFLINE_TO_SERVICE = 'throughput.offline_to_service';

interface Fitted {
  readonly offline_to_service?: Distribution;
}

/** A service's throughput, from that of the rows. */
export function serviceTps({ offline_to_service }: Fitted, tps: NodeId, builder: PlanBuilder): NodeId {
  if (offline_to_service === undefined) return tps;
  const share = builder.variable(OFFLINE_TO_SERVICE, offline_to_service);
  return builder.graph.place({ kind: 'product', factors: [tps, share], constant: 1, divisors: [] });
}

/** A service's node-seconds, from those of the rows. */
export function serviceSeconds({ offline_to_service }: Fitted, seconds: NodeId, builder: PlanBuilder): NodeId {
  if (offline_to_service === undefined) return seconds;
  const share = builder.variable(OFFLINE_TO_SERVICE, offline_to_service);
  return builder.graph.place({ kind: 'product', factors: [seconds], constant: 1, divisors: [share] });
}

/** Tells readers of the share, once. */
export function tellService(throughputs: readonly Fitted[], builder: PlanBuilder): void {
  for (const { offline_to_service: distribution } of throughputs) {
    if (distribution) builder.input({ variable: OFFLINE_TO_SERVICE, distribution });
  }
}
