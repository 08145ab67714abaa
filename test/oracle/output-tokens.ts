/** Law of output_tokens: an exponential with a stated median, rounded to an integer. */
export interface OutputTokens {
  /** P(output_tokens = k). */
  probability(k: number): number;
  /** P(output_tokens <= k). */
  cdf(k: number): number;
  /** Smallest k with P(output_tokens <= k) >= p. */
  quantile(p: number): number;
  readonly mean: number;
  /** Largest k worth summing: what lies beyond has less than 1e-15 of the mass. */
  readonly last: number;
}

const NEGLIGIBLE = 1e-15;

/** Rounded exponential; `median` in tokens. */
export function outputTokens(median: number): OutputTokens {
  const rate = Math.LN2 / median;
  const cdf = (k: number) => (k < 0 ? 0 : -Math.expm1(-rate * (Math.floor(k) + 0.5)));
  return {
    cdf,
    probability: (k) => (k === 0 ? cdf(0) : Math.exp(-rate * (k - 0.5)) * -Math.expm1(-rate)),
    quantile: (p) => {
      let k = Math.max(0, Math.ceil(-Math.log1p(-p) / rate - 0.5) - 1);
      while (cdf(k) < p) k++;
      return k;
    },
    // Sum over k >= 0 of P(X > k), a geometric series.
    mean: Math.exp(-rate / 2) / -Math.expm1(-rate),
    last: Math.ceil(-Math.log(NEGLIGIBLE) / rate),
  };
}
