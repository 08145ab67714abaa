import type { Scenario } from '../schema.js';
import { DEFAULT_GPUS_PER_NODE } from '../sections/measurements.js';

/** GPUs of the node that serves a query. */
export function gpusPerNode({ throughput }: Pick<Scenario, 'throughput'>): number {
  return throughput?.gpus_per_node ?? DEFAULT_GPUS_PER_NODE;
}
