import { normalCumulative } from './normal-cumulative.js';
import { normalQuantile } from './normal-quantile.js';

/**
 * The gamma distribution of large shape a and scale 1, by Temme's expansion: with η²/2 = λ - 1 - ln λ, λ = x / a, the
 * probability below x is Φ(η₀ √a) where η = η₀ + ε₁(η₀) / a + ε₂(η₀) / a² (Temme, "Asymptotic inversion of incomplete gamma
 * functions", Mathematics of Computation 58, 1992). At shapes above 600 a quantile is within 1e-9 relative of the exact one
 * for probabilities from 1e-6 to 1 - 1e-6 (test/distributions/large-gamma.test.ts).
 */
export const LARGE_SHAPE = 600;

/** @param u probability, between 0 and 1; @param shape above LARGE_SHAPE */
export function largeGammaQuantile(u: number, shape: number): number {
  const eta0 = normalQuantile(u) / Math.sqrt(shape);
  return shape * (1 + excessOf(eta0 + correction(eta0, shape)));
}

/** Probability below x: the exact inverse of the quantile. */
export function largeGammaCumulative(x: number, shape: number): number {
  if (x <= 0) return 0;
  const excess = x / shape - 1;
  const eta = Math.sign(excess) * Math.sqrt(2 * (excess - Math.log1p(excess)));
  let eta0 = eta;
  // Each step takes away a factor of more than the shape.
  for (let i = 0; i < 6; i++) eta0 = eta - correction(eta0, shape);
  return normalCumulative(eta0 * Math.sqrt(shape));
}

/** ε₁ / a + ε₂ / a²; of ε₂ the first terms of its series, which dwindle with η as a grows. */
function correction(eta: number, shape: number): number {
  const first = eta === 0 ? -1 / 3 : -Math.log1p(ratioOf(eta)) / eta;
  const second = -7 / 405 + eta * (-7 / 2592 + eta * (533 / 204120 - (eta * 1579) / 2099520));
  return first / shape + second / (shape * shape);
}

/** λ - 1 from η. */
function excessOf(eta: number): number {
  return eta * (1 + ratioOf(eta));
}

/** Where the series is right to 1e-12. */
const SMALL_ETA = 0.3;

/** (λ - 1) / η - 1: by its series (Temme 1992, eq. 3.4), and by Newton's method from there on where η is not small. */
function ratioOf(eta: number): number {
  const series = eta * (1 / 3 + eta * (1 / 36 + eta * (-1 / 270 + eta * (1 / 4320 + eta * higherTerms(eta)))));
  if (Math.abs(eta) < SMALL_ETA) return series;
  let excess = Math.max(eta * (1 + series), -0.99);
  for (let i = 0; i < 40; i++) {
    const next = excess - ((excess - Math.log1p(excess) - (eta * eta) / 2) * (1 + excess)) / excess;
    if (Math.abs(next - excess) <= 1e-15 * Math.abs(next)) break;
    excess = next <= -1 ? (excess - 1) / 2 : next;
  }
  return excess / eta - 1;
}

function higherTerms(eta: number): number {
  return 1 / 17010 + eta * (-139 / 5443200 + eta * (1 / 204120 - (eta * 571) / 2351462400));
}
