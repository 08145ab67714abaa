/** A normal distribution of a logarithm. */
export interface LnNormal {
  readonly mean: number;
  readonly sd: number;
}

/** How far measurements lie off the law, in ln. */
export interface LawResidual {
  /** Scale of the Student t loss of the fit. */
  readonly student_scale: number;
  /** Standard deviation of what is drawn, within the lengths of the rows. */
  readonly sd: number;
  /** The standard deviation is 1 + growth times as large from twice, or half, the lengths of the rows on. */
  readonly growth: number;
}

/** What is known of a model's costs before its rows are seen. The two ratios are free of scale: faster hardware has the same. */
export interface RequestCostPrior {
  /** ln(a / b), without unit: how dear an input token is beside an output token without context. */
  readonly ln_a_over_b: LnNormal;
  /** ln(b / c), in tokens: the context at which reading it doubles what an output token costs. */
  readonly ln_b_over_c: LnNormal;
  /** ln b in node-seconds. Where absent, it is flat: the rows alone set the scale. */
  readonly ln_b?: LnNormal;
  /** ln w in node-seconds, from what is known of weights and bandwidth. */
  readonly ln_w?: LnNormal;
  /** ln(w / b), in queries, where `ln_w` is not known. Without both, w is 0 and what rows state of concurrency is not used. */
  readonly ln_w_over_b?: LnNormal;
  readonly residual: LawResidual;
}

/** One normal statement about a linear combination of (ln a, ln b, ln c, ln w). */
export interface PriorTerm extends LnNormal {
  readonly about: 'a / b' | 'b / c' | 'b' | 'w';
  readonly of: readonly number[];
}

/** The prior as statements about the logarithms of the costs; each has as many coefficients as there are costs to fit. */
export function priorTerms(prior: RequestCostPrior): PriorTerm[] {
  const costs = costCount(prior);
  const term = (about: PriorTerm['about'], of: readonly number[], normal: LnNormal | undefined) =>
    normal === undefined ? [] : [{ about, of: of.slice(0, costs), mean: normal.mean, sd: normal.sd }];
  return [
    ...term('a / b', [1, -1, 0, 0], prior.ln_a_over_b),
    ...term('b / c', [0, 1, -1, 0], prior.ln_b_over_c),
    ...term('b', [0, 1, 0, 0], prior.ln_b),
    ...term('w', [0, 0, 0, 1], prior.ln_w),
    ...term('w', [0, -1, 0, 1], prior.ln_w === undefined ? prior.ln_w_over_b : undefined),
  ];
}

/** How many costs are fitted: a, b, c and, where the prior knows of it, w. */
export function costCount(prior: RequestCostPrior): 3 | 4 {
  return prior.ln_w === undefined && prior.ln_w_over_b === undefined ? 3 : 4;
}

/** The centre of the prior, with b = 1 node-second where the scale is flat. */
export function priorCentre(prior: RequestCostPrior): number[] {
  const lnB = prior.ln_b?.mean ?? 0;
  const centre = [lnB + prior.ln_a_over_b.mean, lnB, lnB - prior.ln_b_over_c.mean];
  if (prior.ln_w !== undefined) return [...centre, prior.ln_w.mean];
  return prior.ln_w_over_b === undefined ? centre : [...centre, lnB + prior.ln_w_over_b.mean];
}
