import { evenRanges } from '../blocks/block-ranges.js';
import { allBlocks } from '../blocks/blocks.js';
import type { Plan } from '../plan/plan.js';
import { planModels } from '../plan/plan-models.js';
import { integrates } from '../random/sampler.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Histogram } from '../sketch/histogram.js';
import type { Integrated } from '../sketch/integrated.js';
import { SignedHistogram } from '../sketch/signed-histogram.js';
import { SUBJECTS_JOB, type Subject } from '../subjects/subjects.js';
import type { JobRunner, OnDraws } from '../workers/jobs.js';
import { type ComparedDay, comparedDays } from './fleet-days.js';
import { integratedRatios } from './integrated-ratios.js';
import { type KnownChanges, knownChanges } from './known-changes.js';
import { energyOf } from './paired-energies.js';
import { type NodePair, PAIRS_JOB, type PairPlans } from './pairs-job.js';

/** How a comparison is carried out; none of it changes a number. */
export interface Carrying {
  readonly jobs: JobRunner;
  readonly signal: AbortSignal;
  readonly onDraws: OnDraws;
}

/** One subject in both scenarios, and its distributions over the same draws. */
export interface PairedSubject {
  readonly regime: string;
  readonly kind: 'model' | 'blend';
  readonly name: string;
  /** Energy in B over energy in A, draw by draw. */
  readonly ratio: Histogram;
  /** The same where both scenarios ask for it and nothing of it must be drawn: what both share cancels. */
  readonly integrated?: Integrated;
  /** Energy in B less energy in A, Wh, draw by draw. */
  readonly difference: SignedHistogram;
}

/** What two scenarios have over the same draws. */
export interface Paired {
  readonly subjects: readonly PairedSubject[];
  readonly days: readonly ComparedDay[];
  readonly known: KnownChanges;
}

/**
 * Energies of both scenarios for the same draws: every subject that both have in a regime that both have, and the days of their fleets. A blend's models
 * are paired by name where both pool the same ones, else by rank of their medians.
 */
export async function pairedSubjects(
  a: ResolvedScenario,
  b: ResolvedScenario,
  samples: number,
  { jobs, signal, onDraws }: Carrying,
): Promise<Paired> {
  const plans = [pairedPlan(a, samples), pairedPlan(b, samples)] as const;
  const [inA, inB] = await jobs.all(SUBJECTS_JOB, [a, b], signal, () => {});
  const pairs = inA.flatMap((one) => {
    const other = inB.find((subject) => keyOf(subject) === keyOf(one));
    return other && one.members.length === other.members.length ? [{ one, nodes: nodePairs(plans, one, other) }] : [];
  });
  // A range for each thread: counts merge exactly, so that the division is in no result.
  const ranges = evenRanges(allBlocks(samples), Math.max(1, jobs.workers));
  const tasks = ranges.map((range) => ({ plans, pairs: pairs.map(({ nodes }) => nodes), range }));
  const parts = await jobs.all(PAIRS_JOB, tasks, signal, onDraws);
  const asked = integrates(a.sampler) && integrates(b.sampler);
  const ratios = asked
    ? await integratedRatios(
        plans,
        pairs.map(({ nodes }) => nodes),
      )
    : [];
  const sides = [
    { scenario: a, plan: plans[0], subjects: inA },
    { scenario: b, plan: plans[1], subjects: inB },
  ] as const;
  const days = await comparedDays(sides, { jobs, signal, onDraws });
  const known = await knownChanges(sides, { jobs, signal });
  const subjects = pairs.map(({ one: { regime, kind, name } }, i) => {
    const counts = { ratio: new Histogram(), difference: new SignedHistogram() };
    const subject = { regime: regime.name, kind, name, ...counts, ...(ratios[i] && { integrated: ratios[i] }) };
    for (const part of parts) {
      subject.ratio.merge(part[i].ratio);
      subject.difference.merge(part[i].difference);
    }
    return subject;
  });
  return { subjects, days, known };
}

/** Pseudo-random whatever the scenario says: both sides must share their draws, and the intervals take them for independent. */
export function pairedPlan(scenario: ResolvedScenario, samples: number): Plan {
  return { ...planModels({ ...scenario, non_production: [], samples }), sampler: 'pseudo' };
}

function keyOf({ regime, kind, name }: Subject): string {
  return JSON.stringify([regime.name, kind, name]);
}

function nodePairs([planA, planB]: PairPlans, one: Subject, other: Subject): NodePair[] {
  const { regime } = one;
  const same = one.members.every((member) => other.members.includes(member));
  const partners = same ? one.members : other.members;
  return one.members.map(
    (member, i) => [energyOf(planA, regime.name, member), energyOf(planB, regime.name, partners[i])] as const,
  );
}
