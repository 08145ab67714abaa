/**
 * The straight line from the power of an accelerator to that of its node, before PUE: two columns of hardware.csv, from the reference
 * cases of the InferenceX power model (revision ebbf89d; marked draft by its authors). It misses the half-load cases by 1.1 to 1.6 %.
 */
export interface Chassis {
  /** Node power as that of its accelerators goes to 0, W: host_fixed_w_per_node. Not a measurement of an idle node. */
  readonly fixed_w: number;
  /** W of the node per W of one accelerator: node_w_per_gpu_w, about the number of accelerators and 10 % for supply and fans. */
  readonly slope: number;
  /** Highest accelerator power of the cases, W: gpu_full_w. */
  readonly full_accelerator_w: number;
}

/** AC power of the whole node, W, while each accelerator draws `accelerator_w`. */
export function nodePowerW({ fixed_w, slope }: Chassis, accelerator_w: number): number {
  return fixed_w + slope * accelerator_w;
}

/** Power of each accelerator, W, that a node's power means. */
export function acceleratorPowerW({ fixed_w, slope }: Chassis, node_w: number): number {
  return (node_w - fixed_w) / slope;
}

/** Whether an accelerator's power lies outside the cases that the line goes through. */
export function isOffLine({ full_accelerator_w }: Chassis, accelerator_w: number): boolean {
  return accelerator_w < 0 || accelerator_w > full_accelerator_w;
}

/**
 * Share of a node's rated power while each accelerator draws `accelerator_w`: the power_utilization of the energy formula.
 *
 * @param node_max_power_kw rated power of the node, kW
 */
export function powerUtilizationAt(chassis: Chassis, node_max_power_kw: number, accelerator_w: number): number {
  return nodePowerW(chassis, accelerator_w) / (node_max_power_kw * 1000);
}

/** Energy per query on another chip: the ratio of node-seconds times that of the powers of full nodes, in any one unit. */
export function energyRatioFrom(node_seconds_ratio: number, power: number, reference_power: number): number {
  return (node_seconds_ratio * power) / reference_power;
}
