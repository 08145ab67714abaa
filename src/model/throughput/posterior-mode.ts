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

const MOST_STEPS = 200;

/** A step below this in ln is none. */
const SMALLEST_STEP = 1e-11;

/** Below this a step that gains nothing fails for rounding alone. */
const ROUNDING_STEP = 1e-6;

/** Damping of Levenberg and Marquardt: its least, and what a refused step multiplies it by. */
const LEAST_DAMPING = 1e-4;
const DAMPING_FACTOR = 8;

/**
 * The mode of a posterior by Gauss–Newton steps with reweighted rows, damped until they gain: it comes to rest for any rows, at
 * the same place on every machine. The covariance is the inverse of Fisher's information, (ν + 1) / ((ν + 3) s²) a row (Lange,
 * Little and Taylor 1989, J. Am. Stat. Assoc. 84, 881), which is positive definite where the Hessian of a Student t need not be.
 * The prior must set what the rows leave open.
 */
export function posteriorMode(posterior: Posterior, start: readonly number[]): Mode {
  let theta = [...start];
  for (const factor of WIDENED) theta = descend({ ...posterior, scale: posterior.scale * factor }, theta, ROUGH_STEP);
  theta = descend(posterior, theta, SMALLEST_STEP);
  const weight = (STUDENT_DF + 1) / ((STUDENT_DF + 3) * square(posterior.scale));
  const { information } = normalEquations(posterior, theta, () => weight);
  return { theta, covariance: inverseOfCholesky(positive(information)), loss: lossAt(posterior, theta) };
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
  const weight = (residual: number) => (STUDENT_DF + 1) / (STUDENT_DF * square(posterior.scale) + square(residual));
  let theta = [...start];
  let loss = lossAt(posterior, theta);
  let damping = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const move = dampedStep(normalEquations(posterior, theta, weight), damping);
    const size = Math.max(...move.map(Math.abs));
    if (size < rest) break;
    const next = theta.map((value, i) => value + move[i]);
    const nextLoss = lossAt(posterior, next);
    if (nextLoss < loss) {
      [theta, loss] = [next, nextLoss];
      damping = damping > LEAST_DAMPING ? damping / DAMPING_FACTOR : 0;
    } else if (size < ROUNDING_STEP) break;
    else damping = Math.max(damping * DAMPING_FACTOR, LEAST_DAMPING);
  }
  return theta;
}

interface NormalEquations {
  readonly information: number[][];
  readonly gradient: number[];
}

/** Σ w J Jᵀ and Σ w J r over rows and prior; J, the derivatives of the logarithm of a sum, are the shares of its parts. */
function normalEquations(
  { observations, prior }: Posterior,
  theta: readonly number[],
  weight: (residual: number) => number,
): NormalEquations {
  const costs = theta.map(exp);
  const equations = { information: theta.map(() => theta.map(() => 0)), gradient: theta.map(() => 0) };
  for (const { factors, lnSum } of observations) {
    const sum = dot(factors, costs);
    const residual = lnSum - ln(sum);
    const shares = costs.map((cost, i) => (cost * factors[i]) / sum);
    add(equations, shares, residual, weight(residual));
  }
  for (const { of, mean, sd } of prior) add(equations, of, mean - dot(of, theta), 1 / square(sd));
  return equations;
}

function add({ information, gradient }: NormalEquations, j: readonly number[], residual: number, weight: number): void {
  for (let i = 0; i < j.length; i++) {
    gradient[i] += weight * j[i] * residual;
    for (let k = 0; k < j.length; k++) information[i][k] += weight * j[i] * j[k];
  }
}

function dampedStep({ information, gradient }: NormalEquations, damping: number): number[] {
  const damped = information.map((row, i) => row.map((value, k) => (i === k ? value * (1 + damping) : value)));
  return solveCholesky(positive(damped), gradient);
}

function positive(matrix: readonly (readonly number[])[]): number[][] {
  const lower = choleskyOf(matrix);
  if (lower === undefined) throw new RangeError('the prior leaves open what the rows do not set');
  return lower;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
