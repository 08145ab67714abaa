import { square } from '../../../distributions/elementary.js';
import type { Architecture } from '../pooled-priors.js';
import { TRUNCATED_VARIANCE } from '../request-cost-prediction.js';
import type { LawResidual } from '../request-cost-prior.js';
import { leastCovering, type Miss } from './covering.js';
import type { HeldOut } from './held-out.js';

/**
 * Scale of the Student t loss, stated: about 1.4 times what maximum likelihood gives over the pool (0.050 and 0.065), so that
 * few rows do not count for more than they are worth. The mode hardly depends on it: at 0.04 and 0.06 the median error of leaving
 * one out is the same to three digits.
 */
const STUDENT_SCALE: Readonly<Record<Architecture, number>> = { dense: 0.07, moe: 0.1 };

/** The loss of an architecture, with no residual to draw. */
export function lossOf(architecture: Architecture): LawResidual {
  return { student_scale: STUDENT_SCALE[architecture], sd: 0, growth: 0 };
}

/**
 * How far rows lie off the law: the share of the loss's scale at which 90 % of the rows held out within the lengths of the others
 * lie in their 90 % intervals, and the growth at which 90 % of those beyond them do.
 */
export function residuals(held: readonly HeldOut[]): Record<Architecture, LawResidual> {
  const within = held.filter(({ growing }) => growing === 0);
  const beyond = held.filter(({ growing }) => growing > 0);
  const share = leastCovering((f) => within.map((row) => missOf(row, f * STUDENT_SCALE[row.architecture])));
  const growth = leastCovering((g) =>
    beyond.map((row) => missOf(row, share * STUDENT_SCALE[row.architecture] * (1 + g * row.growing))),
  );
  const of = (one: Architecture) => ({ student_scale: STUDENT_SCALE[one], sd: share * STUDENT_SCALE[one], growth });
  return { dense: of('dense'), moe: of('moe') };
}

/** A held-out row with the variance that a residual of some standard deviation foretells. */
export function missOf({ error, fit_variance }: HeldOut, residualSd: number): Miss {
  return { error, variance: fit_variance + TRUNCATED_VARIANCE * square(residualSd) };
}
