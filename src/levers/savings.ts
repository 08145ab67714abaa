import { evenRanges } from '../blocks/block-ranges.js';
import { allBlocks } from '../blocks/blocks.js';
import { type Estimate, meanNow, meanSaved, shareSaved, totalSums } from '../comparison/paired-sums.js';
import type { ResultName } from '../model/quantities.js';
import type { Plan } from '../plan/plan.js';
import { Histogram } from '../sketch/histogram.js';
import { quantiles } from '../sketch/statistics.js';
import type { JobRunner, OnDraws } from '../workers/jobs.js';
import { type SavingSubject, termsOf } from './saving-subjects.js';
import { SAVINGS_JOB } from './savings-job.js';

/** What one alternative saves of one metric of one subject. */
export interface Saving {
  readonly subject: SavingSubject;
  readonly metric: ResultName;
  /** Mean as it is, in the metric's unit. */
  readonly now: number;
  /** Mean that is saved, in the same unit. */
  readonly saved: Estimate;
  /** The same as a share of `now`. */
  readonly share: Estimate;
  /** P5 and P95 over queries of the share that each saves; of a mix there are none. */
  readonly spread: readonly [p05: number, p95: number] | undefined;
  /** Draws behind it. */
  readonly n: number;
}

/** What savings are computed of, and how. */
export interface SavingsOptions {
  readonly subjects: readonly SavingSubject[];
  readonly metrics: readonly ResultName[];
  readonly jobs: JobRunner;
  readonly signal: AbortSignal;
  readonly onDraws: OnDraws;
}

/**
 * What each alternative to a plan saves, over the same draws.
 *
 * @param plans first that of things as they are
 * @returns by alternative: subjects in order, each with its metrics in order
 */
export async function savingsOf(
  plans: readonly Plan[],
  { subjects, metrics, jobs, signal, onDraws }: SavingsOptions,
): Promise<Saving[][]> {
  const wanted = subjects.flatMap((subject) => metrics.map((metric) => ({ subject, metric })));
  const quantities = wanted.map(({ subject, metric }) => plans.map((plan) => termsOf(plan, subject, metric)));
  const ranges = evenRanges(allBlocks(plans[0].samples), Math.max(1, jobs.workers));
  const tasks = ranges.map((range) => ({ plans, quantities, range }));
  const parts = await jobs.all(SAVINGS_JOB, tasks, signal, onDraws);
  return plans.slice(1).map((_, alternative) =>
    wanted.map(({ subject, metric }, quantity) => {
      const counted = parts.map((part) => part[quantity][alternative]);
      const sums = totalSums(counted.flatMap(({ blocks }) => blocks));
      const ratio = new Histogram();
      for (const one of counted) ratio.merge(one.ratio);
      return {
        ...{ subject, metric, now: meanNow(sums), saved: meanSaved(sums), share: shareSaved(sums), n: sums.n },
        spread: subject.kind === 'mix' ? undefined : spreadOf(ratio),
      };
    }),
  );
}

function spreadOf(ratio: Histogram): readonly [number, number] {
  const [low, high] = quantiles(ratio, [0.05, 0.95]);
  return [1 - high, 1 - low];
}
