import { exp, ln } from '../../distributions/elementary.js';
import { nodePowerW } from '../hardware/chassis.js';
import type { Formula } from './formula.js';

/** Power of one H100 by the logarithm of the queries in flight: idle and nominal W, steepness, and where it is halfway, log2. */
const IDLE_W = 300;
const NOMINAL_W = 600;
const STEEPNESS = 1;
const HALFWAY = 4.2;

/** From eight GPUs to their node: the straight line of hardware.csv for H100 SXM. */
const CHASSIS = { fixed_w: 1852, slope: 8.783, full_accelerator_w: 700 };

const WH_PER_WATT_SECOND = 1 / 3600;

/** Power of one H100, W, with so many queries in flight on its replica. */
export function logisticGpuPowerW(concurrency: number): number {
  return IDLE_W + (NOMINAL_W - IDLE_W) / (1 + exp(-STEEPNESS * (ln(concurrency) / Math.LN2 - HALFWAY)));
}

/**
 * The scenario's own seconds of a node at the power that H100 draw with the queries in flight, in place of a share of the node's
 * power. The node has one replica.
 */
export const LOGISTIC_POWER: Formula<'pue' | 'concurrency' | 'node_seconds'> = {
  name: 'logistic-power',
  source: 'fleet-sim, gpu_profiles for H100, after arXiv 2602.05116 and ML.ENERGY v3',
  boundary: 'facility',
  takes: ['pue', 'concurrency', 'node_seconds'],
  constant: ['concurrency'],
  energy(q, { product, known }) {
    const node_w = nodePowerW(CHASSIS, logisticGpuPowerW(known(q.concurrency)));
    return product([q.pue, q.node_seconds, node_w * WH_PER_WATT_SECOND]);
  },
  node_seconds: (q) => q.node_seconds,
};
