/**
 * Coupled power utilisation, a sensitivity of the paper: the share of a node's maximum power rises with the share of its
 * highest throughput. Source: Oviedo et al., authors' code `sensitivity_PU_proportionality_*`: base 0.24, span 0.56.
 *
 * @param base share at zero throughput, in [0, 1]
 * @param span share gained up to the highest throughput; base + span in (0, 1]
 * @param loading tps / max_tps, in [0, 1]
 * @returns power_utilization, in [base, base + span]
 */
export function coupledPowerUtilization(base: number, span: number, loading: number): number {
  return base + span * loading;
}
