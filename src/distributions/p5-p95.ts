/** Standard deviations from the median of a normal distribution to its P5 and P95. */
const Z95 = 1.6448536269514722;

/**
 * The same, rounded as in the code of Oviedo et al. (arXiv 2509.20241), function `lognorm_params`, so that presets give the
 * paper's numbers: of a lognormal's `p5` and `p95` alone. They are drawn 9e-5 of their distance in ln x nearer to the median.
 */
const ROUNDED_Z95 = 1.645;

/** A normal distribution's parameters from its 5th and 95th percentile. */
export function normalFromP5P95(p5: number, p95: number): { mean: number; sd: number } {
  return { mean: p5 / 2 + p95 / 2, sd: (p95 / 2 - p5 / 2) / Z95 };
}

/** The same with the paper's rounded score. */
export function normalFromRoundedP5P95(p5: number, p95: number): { mean: number; sd: number } {
  return { mean: p5 / 2 + p95 / 2, sd: (p95 / 2 - p5 / 2) / ROUNDED_Z95 };
}

/** A normal distribution's standard deviation from its median and 95th percentile. */
export function sdFromMedianP95(median: number, p95: number): number {
  return (p95 - median) / Z95;
}
