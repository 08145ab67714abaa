import { evenRanges } from '../blocks/block-ranges.js';
import { allBlocks } from '../blocks/blocks.js';
import { fleetGwhPerDay } from '../model/fleet.js';
import type { Plan } from '../plan/plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Subject } from '../subjects/subjects.js';
import type { JobRunner, OnDraws } from '../workers/jobs.js';
import { DAYS_JOB, type DayTerms } from './days-job.js';
import { energyOf } from './paired-energies.js';
import { type Estimate, meanSaved, shareSaved, totalSums } from './paired-sums.js';
import type { PairPlans } from './pairs-job.js';

/** A mix that the fleets of two scenarios both have, and their days over the same draws. */
export interface ComparedDay {
  readonly mix: string;
  /** The day in B over the day in A. */
  readonly ratio: Estimate;
  /** The day in B less the day in A, GWh. */
  readonly gwh: Estimate;
  readonly n: number;
}

/** A scenario, its plan and what it simulates. */
interface Side {
  readonly scenario: ResolvedScenario;
  readonly plan: Plan;
  readonly subjects: readonly Subject[];
}

/**
 * Days of two fleets without improvements, for mixes of one name: the two share their draws, so that what is alike in both is in no error.
 * Errors are those of means over draws, by the delta method.
 */
export async function comparedDays(
  sides: readonly [a: Side, b: Side],
  { jobs, signal, onDraws }: { readonly jobs: JobRunner; readonly signal: AbortSignal; readonly onDraws: OnDraws },
): Promise<ComparedDay[]> {
  const [a, b] = sides;
  const mixes = mixesOf(a).filter((mix) => mixesOf(b).includes(mix));
  if (mixes.length === 0) return [];
  const plans: PairPlans = [a.plan, b.plan];
  const days = mixes.map((mix) => [termsOf(a, mix), termsOf(b, mix)] as const);
  const ranges = evenRanges(allBlocks(a.plan.samples), Math.max(1, jobs.workers));
  const tasks = ranges.map((range) => ({ plans, days, range }));
  const parts = await jobs.all(DAYS_JOB, tasks, signal, onDraws);
  return mixes.map((mix, day) => {
    const sums = totalSums(parts.flatMap((part) => part[day]));
    return { mix, ratio: lessThanOne(shareSaved(sums)), gwh: negative(meanSaved(sums)), n: sums.n };
  });
}

function mixesOf({ scenario: { fleet } }: Side): string[] {
  return (fleet?.mixes ?? []).map(({ name }) => name);
}

/** A day of a mix in GWh, as a sum over its services. */
function termsOf({ scenario: { fleet }, plan, subjects }: Side, mix: string): DayTerms {
  const weights = fleet?.mixes.find(({ name }) => name === mix)?.weights ?? {};
  const terms = Object.entries(weights).flatMap(([regime, weight]) => {
    const blend = subjects.find(
      (one) => one.name === fleet?.blend && one.kind === 'blend' && one.regime.name === regime,
    );
    const members = blend?.members ?? [];
    return members.map((model) => ({ node: energyOf(plan, regime, model), share: weight / members.length }));
  });
  const gwh = fleet ? fleetGwhPerDay(fleet.queries_per_day, 1, fleet.beta) : 0;
  return { nodes: terms.map(({ node }) => node), weights: terms.map(({ share }) => share * gwh) };
}

function lessThanOne({ value, low, high }: Estimate): Estimate {
  return { value: 1 - value, low: 1 - high, high: 1 - low };
}

function negative({ value, low, high }: Estimate): Estimate {
  return { value: -value, low: -high, high: -low };
}
