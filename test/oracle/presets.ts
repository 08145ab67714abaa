import type { Range } from './lognormal.js';

/** Maximum node power, kW. */
export interface NodePower {
  readonly nodePowerKw: number;
  readonly deepSeekNodePowerKw: number;
}

/** The preprint of September 2025 (arXiv 2509.20241v1). */
export const V1: NodePower = { nodePowerKw: 11.3, deepSeekNodePowerKw: 14.1 };
/** The Joule version, 2026 (arXiv 2509.20241v2). */
export const V2: NodePower = { nodePowerKw: 10.2, deepSeekNodePowerKw: 12.8 };

/** Median output_tokens of the two regimes. */
export const REGIME_MEDIAN = { traditional: 300, 'test-time-scaling': 5000 } as const;

/** P5-P95 of PUE and of power utilisation. */
export const PUE: Range = [1.05, 1.6];
export const UTILIZATION: Range = [0.4, 0.9];

/** P5-P95 of the pathways' multipliers; combined is their product. */
export const PATHWAYS: Readonly<Record<'model' | 'serving' | 'hardware' | 'combined', readonly Range[]>> = {
  model: [[1.5, 10]],
  serving: [[1.5, 5]],
  hardware: [[1.5, 2.5]],
  combined: [
    [1.5, 10],
    [1.5, 5],
    [1.5, 2.5],
  ],
};

/** P5-P95 of the line-of-sight multiplier at fleet scale. */
export const LINE_OF_SIGHT = { traditional: [1.5, 3.5], 'test-time-scaling': [1.5, 3] } as const;
