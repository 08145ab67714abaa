import { exp, ln } from '../../distributions/elementary.js';
import { type PhaseEffect, UNMANAGED } from './managed-phase.js';

/** How a phase meets a cap. */
export interface CappedPhase {
  /** What the phase draws without a cap, as a share of the node's power when full, in (0, 1]. */
  readonly draw: number;
  /** Exponent of the power ratio that gives the speed, in [0, 1]. */
  readonly exponent: number;
}

/**
 * What a cap makes of a phase: nothing where the phase draws no more than the cap; else power falls to the cap and speed to
 * (cap / draw)^exponent.
 *
 * @param cap highest power of the node, as a share of its power when full, in (0, 1]
 */
export function cappedPower(cap: number, { draw, exponent }: CappedPhase): PhaseEffect {
  if (cap >= draw) return UNMANAGED;
  const ratio = cap / draw;
  return { speed: exp(exponent * ln(ratio)), power: ratio };
}

/**
 * Share of a node's power when full that caps on its accelerators leave, on the straight line from accelerator to node power.
 *
 * @param cap_w cap of one accelerator, W; `full_w` is what it draws on a full node
 * @param line host_fixed_w_per_node and node_w_per_gpu_w of hardware.csv
 */
export function nodeCap(
  cap_w: number,
  full_w: number,
  line: { readonly fixed_w: number; readonly slope: number },
): number {
  return (line.fixed_w + line.slope * Math.min(cap_w, full_w)) / (line.fixed_w + line.slope * full_w);
}
