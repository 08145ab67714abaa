import { exp } from './elementary.js';

// Hart's rational approximation as West gives it, "Better approximations to cumulative normal functions", Wilmott 2005:
// absolute error below 1e-15, relative in the lower tail at most 3e-9 (at -7; its coefficients have 15 digits). test/distributions/normal-cumulative.test.ts holds it against @stdlib.
const NUMERATOR = [
  220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383, 6.37396220353165, 0.700383064443688,
  3.52624965998911e-2,
];
const DENOMINATOR = [
  440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674, 86.7807322029461, 16.064177579207,
  1.75566716318264, 8.83883476483184e-2,
];
const FAR = 7.07106781186547;
const SQRT_2_PI = 2.5066282746310002;

/** Probability that a standard normal draw is at most z. In arithmetic that every machine does alike, unlike `Math.exp`. */
export function normalCumulative(z: number): number {
  const upper = upperTail(Math.abs(z));
  return z > 0 ? 1 - upper : upper;
}

/** Probability of a draw above z, for z >= 0. */
function upperTail(z: number): number {
  const density = exp(-0.5 * z * z);
  if (z < FAR) return (density * polynomial(NUMERATOR, z)) / polynomial(DENOMINATOR, z);
  return density / (continuedFraction(z) * SQRT_2_PI);
}

/** z + 1/(z + 2/(z + 3/(z + …))), Laplace's; the 25 levels leave less than 1e-14 of it from FAR on. */
function continuedFraction(z: number): number {
  let fraction = z;
  for (let level = 25; level > 0; level--) fraction = z + level / fraction;
  return fraction;
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i];
  return sum;
}
