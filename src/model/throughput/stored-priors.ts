import type { PooledPriors } from './pooled-priors.js';

/**
 * What the tables in scenarios/data tell of a model that is in none of them. Computed by scripts/throughput-priors.mjs, not by
 * hand; test/model/throughput/stored-priors.test.ts computes it again.
 */
export const STORED_PRIORS: PooledPriors = {
  ln_a_over_b: {
    coefficients: [-0.360297],
    covariance: [[0.0110131]],
    between_sd: 0.243386,
    within_sd: 0.118489,
  },
  ln_b_over_c: {
    coefficients: [7.22297],
    covariance: [[0.0149235]],
    between_sd: 0.25963,
    within_sd: 0.642215,
  },
  ln_b_over_peak: {
    coefficients: [1.34888, 0.310484],
    covariance: [
      [0.0723571, -0.0181309],
      [-0.0181309, 0.00944316],
    ],
    between_sd: 0.460959,
    within_sd: 0.397066,
  },
  ln_c_over_peak: {
    coefficients: [0.472059, 0.142564],
    covariance: [
      [0.0154499, -0.00578208],
      [-0.00578208, 0.00322112],
    ],
    between_sd: 0.145971,
    within_sd: 0.432832,
  },
  ln_w_over_peak: {
    coefficients: [0.692364],
    covariance: [[0.0097731]],
    between_sd: 0.137244,
    within_sd: 0.600427,
  },
  ln_w_over_b: {
    coefficients: [6.02487],
    covariance: [[0.0249768]],
    between_sd: 0.232607,
    within_sd: 0.919024,
  },
  residual: {
    dense: {
      student_scale: 0.07,
      sd: 0.0417832,
      growth: 1.35768,
    },
    moe: {
      student_scale: 0.1,
      sd: 0.0596903,
      growth: 1.35768,
    },
  },
  rests_on: {
    rows: 2045,
    configurations: 262,
    configurations_of_known_size: 204,
    serving_curves: 67,
    families: ['DeepSeek V3', 'Llama 3', 'Llama 4', 'Mistral', 'Qwen3', 'gpt-oss'],
    versions: ['main-2025Q4', 'main-2026', 'v0.14', 'v0.17', 'v0.19', 'v0.20', 'v0.21', 'v1.0', 'v1.2'],
  },
};
