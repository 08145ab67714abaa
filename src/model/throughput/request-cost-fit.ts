import { exp, ln, square } from '../../distributions/elementary.js';
import { leaveOneOut, medianAbsolute } from './leave-one-out.js';
import { type Observation, posteriorMode } from './posterior-mode.js';
import { costFactors, lnNodeSeconds, type QueryLengths, type RequestCosts } from './request-cost.js';
import {
  costCount,
  type LawResidual,
  type PriorTerm,
  priorCentre,
  priorTerms,
  type RequestCostPrior,
} from './request-cost-prior.js';
import { quadraticForm } from './symmetric-matrix.js';
import { lnLength } from './throughput.js';

/** One measured operating point: a query's lengths and the output tokens per second of the whole node. */
export interface MeasuredRow extends QueryLengths {
  /** Output tokens per second of the node, above 0. */
  readonly tps: number;
}

/** The request-cost law of one model on one node: the most probable costs and how well they are known. */
export interface RequestCostFit {
  /** The mode; the median of each cost. `w` is 0 where nothing is known of it. */
  readonly costs: RequestCosts;
  /** Covariance of (ln a, ln b, ln c) or, where w is known, of (ln a, ln b, ln c, ln w). */
  readonly covariance: readonly (readonly number[])[];
  readonly residual: LawResidual;
  readonly rows_used: number;
  /** ln of the least and the greatest length of the rows; undefined without rows. */
  readonly covered: CoveredLengths | undefined;
  /** Share of what is known of the costs that the prior tells: 1 without rows, towards 0 with many in every direction. */
  readonly prior_share: number;
  /** What the rows tell next to nothing of, so that the prior decides it. */
  readonly untold: readonly PriorTerm['about'][];
}

/** ln of the least and the greatest input and output length of the rows. */
export interface CoveredLengths {
  readonly ln_input_tokens: readonly [number, number];
  readonly ln_output_tokens: readonly [number, number];
}

/** A standard deviation that rows leave above this share of the prior's is untold: they tell less than a fifth of what it does. */
const UNTOLD = 0.9;

/**
 * Fits the request-cost law to rows, none or more, with the prior telling what they leave open: the mode of the posterior, and
 * its covariance there. The same costs, 1/k times as high, come from rows k times as fast, where the prior states no scale. Throws
 * a RangeError for a row without output tokens or throughput, and without rows if the prior states no scale.
 */
export function fitRequestCost(rows: readonly MeasuredRow[], prior: RequestCostPrior): RequestCostFit {
  if (rows.length === 0 && prior.ln_b === undefined) throw new RangeError('neither rows nor the prior set a scale');
  const useless = rows.findIndex(({ output_tokens, tps }) => !(output_tokens > 0 && tps > 0));
  if (useless >= 0) throw new RangeError(`row ${useless + 1} of ${rows.length} has no output tokens or no throughput`);
  const terms = priorTerms(prior);
  const observations = rows.map((row) => observationOf(row, costCount(prior)));
  const posterior = { observations, prior: terms, scale: prior.residual.student_scale };
  const { theta, covariance } = posteriorMode(posterior, startOf(observations, priorCentre(prior)));
  const [a, b, c, w = 0] = theta.map(exp);
  return {
    costs: { a, b, c, w },
    covariance,
    residual: prior.residual,
    rows_used: rows.length,
    covered: coveredLengths(rows),
    prior_share: told(terms, covariance) / theta.length,
    untold: terms.filter((term) => sdOf(term, covariance) > UNTOLD * term.sd).map(({ about }) => about),
  };
}

/** Median |ln error| of each row's throughput, predicted from the others; null below two rows. */
export function requestCostLooError(rows: readonly MeasuredRow[], prior: RequestCostPrior): number | null {
  if (rows.length < 2) return null;
  const errors = leaveOneOut(rows, (others) => {
    const { costs } = fitRequestCost(others, prior);
    return (row) => ln(row.output_tokens) - lnNodeSeconds(costs, row);
  });
  return medianAbsolute(errors);
}

function observationOf(row: MeasuredRow, costs: number): Observation {
  return { factors: costFactors(row).slice(0, costs), lnSum: ln(row.output_tokens / row.tps) };
}

/** The centre of the prior, moved along the scale until the rows lie about it. */
function startOf(observations: readonly Observation[], centre: readonly number[]): number[] {
  if (observations.length === 0) return [...centre];
  const costs = centre.map(exp);
  const misses = observations.map(
    ({ factors, lnSum }) => lnSum - ln(factors.reduce((sum, factor, i) => sum + factor * costs[i], 0)),
  );
  const shift = misses.sort((x, y) => x - y)[misses.length >> 1];
  return centre.map((value) => value + shift);
}

/** How many of the directions of the costs the prior tells, fractions of them added up: the trace of covariance × prior. */
function told(terms: readonly PriorTerm[], covariance: readonly (readonly number[])[]): number {
  return terms.reduce((sum, term) => sum + square(sdOf(term, covariance) / term.sd), 0);
}

function sdOf({ of }: PriorTerm, covariance: readonly (readonly number[])[]): number {
  return Math.sqrt(quadraticForm(covariance, of));
}

function coveredLengths(rows: readonly MeasuredRow[]): CoveredLengths | undefined {
  if (rows.length === 0) return undefined;
  const range = (lengths: readonly number[]): [number, number] => [
    lnLength(Math.min(...lengths)),
    lnLength(Math.max(...lengths)),
  ];
  return {
    ln_input_tokens: range(rows.map((row) => row.input_tokens)),
    ln_output_tokens: range(rows.map((row) => row.output_tokens)),
  };
}
