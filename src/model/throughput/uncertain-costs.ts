import { exp, ln } from '../../distributions/elementary.js';
import type { Distribution } from '../../distributions/index.js';
import type { RequestCosts } from './request-cost.js';
import type { RequestCostFit } from './request-cost-fit.js';
import { RESIDUAL_TRUNCATION } from './request-cost-prediction.js';
import type { RequestCostThroughput } from './request-cost-throughput.js';

const COSTS = ['a', 'b', 'c', 'w'] as const satisfies readonly (keyof RequestCosts)[];

/**
 * A fit's costs as it knows them: lognormal about the most probable ones, with the covariance there, and what the law itself is
 * off by, a normal residual in ln that ends at three standard deviations.
 */
export function uncertainCosts(fit: RequestCostFit): Required<Pick<RequestCostThroughput, 'costs' | 'uncertain'>> {
  const { costs, covariance, residual, prior_share } = fit;
  const sd = covariance.map((row, i) => Math.sqrt(row[i]));
  const costOf = (cost: keyof RequestCosts) => {
    const sigma = sd[COSTS.indexOf(cost)];
    return sigma === undefined || costs[cost] <= 0 ? always(costs[cost]) : lognormal(ln(costs[cost]), sigma);
  };
  const reach = exp(RESIDUAL_TRUNCATION * residual.sd);
  return {
    costs: { a: costOf('a'), b: costOf('b'), c: costOf('c'), w: costOf('w') },
    uncertain: {
      correlation: covariance.map((row, i) => row.map((value, k) => (i === k ? 1 : value / (sd[i] * sd[k])))),
      residual: { ...lognormal(0, residual.sd), min: 1 / reach, max: reach },
      growth: residual.growth * (1 - prior_share),
    },
  };
}

/** Costs that are known, as distributions. */
export function constantCosts({ a, b, c, w }: RequestCosts): RequestCostThroughput['costs'] {
  return { a: always(a), b: always(b), c: always(c), w: always(w) };
}

function lognormal(mu: number, sigma: number) {
  return { family: 'lognormal', parameters: { mu, sigma } } as const;
}

function always(value: number): Distribution {
  return { family: 'constant', parameters: { value } };
}
