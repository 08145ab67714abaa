import { exp } from '../distributions/elementary.js';
import { isNested } from '../model/boundary.js';
import { boundaryFactor } from '../model/hardware/boundary-conversion.js';
import type { PublishedEstimate } from './published-estimates.js';

/** An estimate at the boundary of a run, with what is not known of the conversion: Wh per query. */
export interface FacilityRange {
  readonly p05: number;
  readonly p50: number;
  readonly p95: number;
}

/** Standard deviations from the median of a normal distribution to its P95. */
const Z95 = 1.6448536269514722;

/** Estimates name no chassis, so that nothing of their boards' power is used. */
const BOARDS = { accelerator_w: 1, accelerators_per_node: 8 };

/**
 * An estimate brought to the facility: its stated range, or its figure, widened by what is not known of the way there. Undefined of
 * a life cycle and of what states no boundary: those are never converted.
 */
export function atFacility(
  estimate: Pick<PublishedEstimate, 'boundary_code' | 'energy_wh' | 'low_wh' | 'high_wh'>,
): FacilityRange | undefined {
  const { boundary_code, energy_wh, low_wh, high_wh } = estimate;
  const [low, high] = [low_wh ?? energy_wh, high_wh ?? energy_wh];
  if (!isNested(boundary_code) || low === null || high === null) return undefined;
  const { median, ln_sd } = boundaryFactor(boundary_code, 'facility', BOARDS);
  const reach = exp(Z95 * ln_sd);
  const middle = energy_wh ?? Math.sqrt(low * high);
  return { p05: (low * median) / reach, p50: middle * median, p95: high * median * reach };
}
