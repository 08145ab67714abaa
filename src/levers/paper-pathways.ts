/**
 * The paper's efficiency pathways: energy is divided by a multiplier, a lognormal from P5 to P95. Source: Oviedo et al., arXiv 2509.20241
 * v2; code of the authors, `lognorm_params`. They are improvements of years to come, and not settings of a fleet.
 */
export const PAPER_PATHWAYS = [
  { name: 'model', p05: 1.5, p95: 10 },
  { name: 'serving', p05: 1.5, p95: 5 },
  { name: 'hardware', p05: 1.5, p95: 2.5 },
] as const;
