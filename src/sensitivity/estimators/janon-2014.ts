import type { Estimator } from './moments.js';

/** Asymptotically the most precise pick-freeze estimator: mean and variance from both outputs of the pair. */
export const janon2014: Estimator = {
  name: 'janon2014',
  source: 'Janon et al., "Asymptotic normality and efficiency of two Sobol index estimators", ESAIM: PS 18 (2014), T_N',
  first: ({ b, c, bb, cc, bc }) => pairCorrelation(b, c, bb, cc, bc),
  total: ({ a, c, aa, cc, ac }) => 1 - pairCorrelation(a, c, aa, cc, ac),
};

/** Correlation of two outputs of one distribution, from the means of both, of their squares and of their product. */
export function pairCorrelation(x: number, y: number, xx: number, yy: number, xy: number): number {
  const mean = (x + y) / 2;
  return (xy - mean * mean) / ((xx + yy) / 2 - mean * mean);
}
