import { ln } from '../distributions/elementary.js';

/** Wh in one kJ: node power is in kW and service time in seconds, energy in Wh. */
export const WH_PER_KJ = 1000 / 3600;

/** What one query needs: all factors of the energy formula. */
export interface QueryDraw {
  /** Facility energy / IT energy. */
  readonly pue: number;
  /** Maximum power of the whole node, kW. */
  readonly node_power_kw: number;
  /** Share of that maximum, usually in [0, 1]. */
  readonly power_utilization: number;
  /** Output tokens, prefill included, see `effectiveTokens`. */
  readonly effective_tokens: number;
  /** Output tokens per second of the whole node. */
  readonly tps: number;
}

/** Energy of one query, Wh. Source: Oviedo et al., arXiv 2509.20241, the energy-per-query equation. */
export function energyWh(draw: QueryDraw): number {
  return (draw.pue * draw.node_power_kw * draw.power_utilization * draw.effective_tokens * WH_PER_KJ) / draw.tps;
}

export const LN_WH_PER_KJ = ln(WH_PER_KJ);

/** The same in the log domain, as the kernel adds it up: ln Wh from the factors' logarithms; -Infinity where one is 0. */
export function lnEnergyWh(
  lnPue: number,
  lnNodePower: number,
  lnUtilization: number,
  lnTokens: number,
  lnTps: number,
): number {
  return lnPue + lnNodePower + lnUtilization + lnTokens + LN_WH_PER_KJ - lnTps;
}

/**
 * Output tokens plus the input's share of the work.
 *
 * @param prefill_weight output tokens that one input token counts as: 0 in the paper's main analysis, 1/30 in its
 *   input-length sensitivity (authors' code `sensitivity_linput_*`)
 */
export function effectiveTokens(output_tokens: number, input_tokens: number, prefill_weight: number): number {
  return output_tokens + prefill_weight * input_tokens;
}
