import type { NestedBoundary } from '../model/boundary.js';
import { boundaryFactor, type UncertainFactor } from '../model/hardware/boundary-conversion.js';
import type { Chassis } from '../model/hardware/chassis.js';
import type { CsvRecord } from '../model/throughput/pool/configurations.js';

/** What turns an energy at the boards of a known accelerator into one at another boundary. */
export function fromBoards(hardware: CsvRecord, accelerator_w: number, to: NestedBoundary): UncertainFactor {
  const chassis = chassisOf(hardware);
  const accelerators_per_node = Number(hardware.node_accelerators);
  return boundaryFactor('gpu_board', to, { accelerator_w, accelerators_per_node, ...(chassis && { chassis }) });
}

/** The straight line of an accelerator's node; undefined where hardware.csv has none. */
export function chassisOf({ host_fixed_w_per_node, node_w_per_gpu_w, gpu_full_w }: CsvRecord): Chassis | undefined {
  if (!(Number(host_fixed_w_per_node) > 0 && Number(node_w_per_gpu_w) > 0)) return undefined;
  return {
    fixed_w: Number(host_fixed_w_per_node),
    slope: Number(node_w_per_gpu_w),
    full_accelerator_w: Number(gpu_full_w),
  };
}
