// Whether quantiles are right, and what it takes to know the median to 0.1 %.
const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95];
const TOLERANCE = 0.005;
const CONFIDENCE = 1.96; // two-sided 95 %
const WANTED = 0.001;

/** Standard error of each quantile of independent draws, relative: sqrt(p (1 - p) / n) / density of ln energy there. */
function standardErrors({ densities }, samples) {
  return PROBABILITIES.map((p, i) => Math.sqrt((p * (1 - p)) / samples) / densities[i]);
}

/**
 * The largest relative distance of the quantiles from the exact ones.
 *
 * @throws Error where one is off by more than 0.5 % and by more than four standard errors of so few samples
 */
export function checkedDistance(name, quantiles, exact, samples) {
  const distances = quantiles.map((q, i) => Math.abs(q / exact.quantiles[i] - 1));
  standardErrors(exact, samples).forEach((error, i) => {
    if (distances[i] <= Math.max(TOLERANCE, 4 * error)) return;
    const where = `P${PROBABILITIES[i] * 100} is ${quantiles[i]} Wh, exactly ${exact.quantiles[i]} Wh`;
    throw new Error(`${name}: ${where}; expected within ${TOLERANCE * 100} % or four standard errors`);
  });
  return Math.max(...distances);
}

/** Independent draws until the median's 95 % interval is +-0.1 %: (1.96 · 0.5 / (0.001 · density of ln energy))^2. */
export function plainSamplesToWanted({ densities: [, , density] }) {
  return Math.ceil(((CONFIDENCE * 0.5) / (WANTED * density)) ** 2);
}

/**
 * For samplers whose error has no such formula: the fewest samples, of the powers of two, whose median misses the exact one
 * by 0.1 % / 1.96 in root mean square over the seeds, and the median time of such a run. `medianOf(samples, seed)` runs one.
 */
export async function measuredToWanted(medianOf, exact, { from, to, seeds }) {
  for (let samples = from; samples <= to; samples *= 2) {
    const runs = [];
    for (let seed = 0; seed < seeds; seed++) runs.push(await timedRun(() => medianOf(samples, seed)));
    const squares = runs.map(({ median }) => (median / exact.quantiles[2] - 1) ** 2);
    const error = CONFIDENCE * Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / seeds);
    if (error <= WANTED) return { samples, error, seconds: middle(runs.map(({ seconds }) => seconds)) };
  }
  return undefined;
}

async function timedRun(run) {
  const begun = performance.now();
  const median = await run();
  return { median, seconds: (performance.now() - begun) / 1000 };
}

/** The middle one of an odd number of values, the upper of the two otherwise. */
export function middle(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
