import { exp, ln } from './elementary.js';

/**
 * Coefficients for g = 7 and nine terms: P. Godfrey, "A note on the computation of the convergent Lanczos complex Gamma
 * approximation" (2001), as printed in Wikipedia, "Lanczos approximation".
 */
const G = 7;
const LEADING = 0.9999999999998099;
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** ln of the gamma function for x >= 1/2; absolute error below 1e-13 · max(1, its value). */
export function lnGammaFunction(x: number): number {
  const t = x + G - 0.5;
  const series = LANCZOS.reduce((sum, coefficient, i) => sum + coefficient / (x + i), LEADING);
  return ln(Math.sqrt(2 * Math.PI) * series) + (x - 0.5) * ln(t) - t;
}

/** The gamma function, (x - 1)! at integers, for x >= 1/2; relative error below 1e-13 up to x = 20. */
export function gammaFunction(x: number): number {
  return exp(lnGammaFunction(x));
}
