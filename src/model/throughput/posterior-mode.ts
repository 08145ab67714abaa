import { exp, ln, lnOnePlus, square } from '../../distributions/elementary.js';
import type { PriorTerm } from './request-cost-prior.js';
import { choleskyOf, inverseOfCholesky, solveCholesky } from './symmetric-matrix.js';

/** One row as the fit sees it: what its costs multiply, and the logarithm of the sum that was measured. */
export interface Observation {
  readonly factors: readonly number[];
  readonly lnSum: number;
}

/** What is minimised: rows by a Student t loss in ln, the prior by a normal one. */
export interface Posterior {
  readonly observations: readonly Observation[];
  readonly prior: readonly Pick<PriorTerm, 'of' | 'mean' | 'sd'>[];
  /** Scale of the Student t loss, in ln. */
  readonly scale: number;
}

/** The most probable logarithms of the costs, and their covariance there. */
export interface Mode {
  readonly theta: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  /** Negative logarithm of the posterior, but for a constant. */
  readonly loss: number;
}

/** Degrees of freedom of the loss. Within a configuration rows are normal; between configurations their spread differs. */
export const STUDENT_DF = 4;

/** The loss is first taken this many times as wide, where it has one minimum, then narrowed, so that no bad row holds it. */
const WIDENED = [16, 4];

/** Where a widened loss comes to rest is a start only. */
const ROUGH_STEP = 1e-2;

const MOST_STEPS = 500;

/** A step below this in ln is none. */
const SMALLEST_STEP = 1e-11;

/** Below this a step that gains nothing fails for rounding alone. */
const ROUNDING_STEP = 1e-6;

/** Damping of Levenberg and Marquardt: its least, and what a refused step multiplies it by. */
const LEAST_DAMPING = 1e-4;
const DAMPING_FACTOR = 8;

/**
 * The mode of a posterior by Newton's steps, damped until they gain: it comes to rest for any rows, at the same place on every
 * machine. The covariance is the inverse of Fisher's information, (ν + 1) / ((ν + 3) s²) a row (Lange, Little and Taylor 1989,
 * J. Am. Stat. Assoc. 84, 881), which is positive definite where the Hessian of a Student t need not be. The prior must set what
 * the rows leave open.
 */
export function posteriorMode(posterior: Posterior, start: readonly number[]): Mode {
  let theta = [...start];
  for (const factor of WIDENED) theta = descend({ ...posterior, scale: posterior.scale * factor }, theta, ROUGH_STEP);
  theta = descend(posterior, theta, SMALLEST_STEP);
  return { theta, covariance: covarianceAt(posterior, theta), loss: lossAt(posterior, theta) };
}

/** Negative logarithm of the posterior at one point, but for a constant. */
export function lossAt({ observations, prior, scale }: Posterior, theta: readonly number[]): number {
  const costs = theta.map(exp);
  let loss = 0;
  for (const { factors, lnSum } of observations) {
    const residual = (lnSum - ln(dot(factors, costs))) / scale;
    loss += ((STUDENT_DF + 1) / 2) * lnOnePlus(square(residual) / STUDENT_DF);
  }
  for (const { of, mean, sd } of prior) loss += square((dot(of, theta) - mean) / sd) / 2;
  return loss;
}

/** Steps downhill until one is smaller than `rest`. */
function descend(posterior: Posterior, start: readonly number[], rest: number): number[] {
  let theta = [...start];
  let loss = lossAt(posterior, theta);
  let damping = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const move = dampedStep(derivativesAt(posterior, theta), damping);
    const size = move === undefined ? Infinity : Math.max(...move.map(Math.abs));
    if (size < rest) break;
    const next = theta.map((value, i) => value + (move?.[i] ?? 0));
    const nextLoss = move === undefined ? Infinity : lossAt(posterior, next);
    if (nextLoss < loss) {
      [theta, loss] = [next, nextLoss];
      damping = damping > LEAST_DAMPING ? damping / DAMPING_FACTOR : 0;
    } else if (size < ROUNDING_STEP) break;
    else damping = Math.max(damping * DAMPING_FACTOR, LEAST_DAMPING);
  }
  return theta;
}

interface Derivatives {
  /** Of the loss, against its rise. */
  readonly descent: number[];
  readonly hessian: number[][];
  /** Diagonal of the part of the Hessian that is never negative, which damping adds to. */
  readonly bound: number[];
}

/**
 * First and second derivatives of the loss. With r the residual of a row in ln, q = ν s² + r² and p the shares of its costs in
 * their sum, a row adds −(ν + 1) r p / q to the gradient and (ν + 1) [(ν s² − r²) / q² + r / q] p pᵀ − (ν + 1) (r / q) diag p to
 * the Hessian.
 */
function derivativesAt({ observations, prior, scale }: Posterior, theta: readonly number[]): Derivatives {
  const costs = theta.map(exp);
  const spread = STUDENT_DF * square(scale);
  const sums = nothingOf(theta.length);
  for (const { factors, lnSum } of observations) {
    const sum = dot(factors, costs);
    const residual = lnSum - ln(sum);
    const weight = (STUDENT_DF + 1) / (spread + square(residual));
    const pull = weight * residual;
    const bend = (weight * (spread - square(residual))) / (spread + square(residual)) + pull;
    const shares = costs.map((cost, i) => (cost * factors[i]) / sum);
    add(sums, shares, { pull, bend, weight });
    for (let i = 0; i < shares.length; i++) sums.hessian[i][i] -= pull * shares[i];
  }
  for (const { of, mean, sd } of prior) {
    const weight = 1 / square(sd);
    add(sums, of, { pull: weight * (mean - dot(of, theta)), bend: weight, weight });
  }
  return sums;
}

function nothingOf(costs: number): Derivatives {
  const zeros = () => Array.from({ length: costs }, () => 0);
  return { descent: zeros(), hessian: zeros().map(zeros), bound: zeros() };
}

/** Adds pull · j to the descent, bend · j jᵀ to the Hessian and weight · j² to its bound. */
function add(
  { descent, hessian, bound }: Derivatives,
  j: readonly number[],
  { pull, bend, weight }: { readonly pull: number; readonly bend: number; readonly weight: number },
): void {
  for (let i = 0; i < j.length; i++) {
    descent[i] += pull * j[i];
    bound[i] += weight * square(j[i]);
    for (let k = 0; k < j.length; k++) hessian[i][k] += bend * j[i] * j[k];
  }
}

/** Newton's step with the bound, times the damping, added to the Hessian; undefined where that is not positive definite. */
function dampedStep({ descent, hessian, bound }: Derivatives, damping: number): number[] | undefined {
  const damped = hessian.map((row, i) => row.map((value, k) => (i === k ? value + damping * bound[i] : value)));
  const lower = choleskyOf(damped);
  return lower === undefined ? undefined : solveCholesky(lower, descent);
}

/** The inverse of Fisher's information of the rows and of the prior's precision. */
function covarianceAt({ observations, prior, scale }: Posterior, theta: readonly number[]): number[][] {
  const costs = theta.map(exp);
  const sums = nothingOf(theta.length);
  const weight = (STUDENT_DF + 1) / ((STUDENT_DF + 3) * square(scale));
  for (const { factors } of observations) {
    const sum = dot(factors, costs);
    const shares = costs.map((cost, i) => (cost * factors[i]) / sum);
    add(sums, shares, { pull: 0, bend: weight, weight });
  }
  for (const { of, sd } of prior) add(sums, of, { pull: 0, bend: 1 / square(sd), weight: 1 / square(sd) });
  const lower = choleskyOf(sums.hessian);
  if (lower === undefined) throw new RangeError('the prior leaves open what the rows do not set');
  return inverseOfCholesky(lower);
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
