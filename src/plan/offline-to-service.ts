import type { Distribution } from '../distributions/index.js';
import type { HardwareFactor } from '../model/throughput/hardware-factor.js';
import type { NodeId } from './node.js';
import type { PlanBuilder } from './plan-builder.js';

/** Name of the stream of what a service reaches of offline throughput. */
export const OFFLINE_TO_SERVICE = 'throughput.offline_to_service';

interface Fitted {
  readonly offline_to_service?: Distribution;
  readonly hardware_factors?: readonly HardwareFactor[];
}

/** A service's throughput, from that of the rows. */
export function serviceTps(fitted: Fitted, tps: NodeId, builder: PlanBuilder): NodeId {
  const { shares, factors } = scalesOf(fitted, builder);
  return builder.graph.place({ kind: 'product', factors: [tps, ...shares], constant: 1, divisors: factors });
}

/** A service's node-seconds, from those of the rows. */
export function serviceSeconds(fitted: Fitted, seconds: NodeId, builder: PlanBuilder): NodeId {
  const { shares, factors } = scalesOf(fitted, builder);
  return builder.graph.place({ kind: 'product', factors: [seconds, ...factors], constant: 1, divisors: shares });
}

/** What throughput is multiplied by, and what node-seconds are. */
function scalesOf({ offline_to_service, hardware_factors = [] }: Fitted, builder: PlanBuilder) {
  return {
    shares: offline_to_service ? [builder.variable(OFFLINE_TO_SERVICE, offline_to_service)] : [],
    factors: hardware_factors.map(({ variable, distribution }) => builder.variable(variable, distribution)),
  };
}

/** Tells readers of the share and the factors, once. */
export function tellService(throughputs: readonly Fitted[], builder: PlanBuilder): void {
  for (const { offline_to_service: distribution, hardware_factors = [] } of throughputs) {
    if (distribution) builder.input({ variable: OFFLINE_TO_SERVICE, distribution });
    for (const factor of hardware_factors) builder.input(factor);
  }
}
