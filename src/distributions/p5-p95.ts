/**
 * Standard deviations from the median to P5 and P95. Rounded as in the code of Oviedo et al. (arXiv 2509.20241), function
 * `lognorm_params`, so that presets give the paper's numbers; the exact figure is 1.6448536.
 */
const Z95 = 1.645;

/** A normal distribution's parameters from its 5th and 95th percentile. */
export function normalFromP5P95(p5: number, p95: number): { mean: number; sd: number } {
  return { mean: p5 / 2 + p95 / 2, sd: sdFromMedianP95(p5 / 2, p95 / 2) };
}

/** A normal distribution's standard deviation from its median and 95th percentile. */
export function sdFromMedianP95(median: number, p95: number): number {
  return (p95 - median) / Z95;
}
