import { pairedPlan } from '../comparison/paired.js';
import type { Mapping } from '../distributions/written.js';
import { IMPACTS } from '../model/impact/index.js';
import type { ResultName } from '../model/quantities.js';
import type { Plan } from '../plan/plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { SUBJECTS_JOB } from '../subjects/subjects.js';
import type { LeverRow } from '../tables/levers.js';
import type { JobRunner } from '../workers/jobs.js';
import { type Alternative, alternativesOf, combinationOf, type LeftOut, type LoadWith } from './alternatives.js';
import { type Lever, settingText } from './lever.js';
import { type LeverNames, leverRows } from './lever-rows.js';
import { pathwayPlan } from './pathway-plan.js';
import { savingSubjects } from './saving-subjects.js';
import { type Saving, savingsOf } from './savings.js';

/** Name of what combines, in tables. */
export const ALL = 'all';

/** What could be changed in a scenario, best first, what combines, and the pathways beside them. */
export interface LeverStudy {
  readonly scenario: string;
  readonly rows: readonly LeverRow[];
  /** Levers that the scenario does not have, each with the reason. */
  readonly left_out: readonly LeftOut[];
  /** Levers whose effects `all` has together; the others that save are listed with the reason. */
  readonly combined: readonly string[];
  readonly not_combined: readonly LeftOut[];
}

/** What a study takes. */
export interface LeverOptions {
  readonly levers: readonly Lever[];
  readonly samples: number;
  readonly jobs: JobRunner;
  readonly signal: AbortSignal;
  readonly onProgress?: (drawn: number, total: number) => void;
}

/**
 * What each lever saves alone, over the same draws as the scenario as it is, and what all that combine save together: their
 * combination is computed, as effects that share a cause do not multiply. Energy of idle nodes counts as that of queries.
 *
 * @param written the scenario's plain data
 * @param load resolves the scenario with settings, none for the scenario as it is
 */
export async function rankLevers(written: Mapping, load: LoadWith, options: LeverOptions): Promise<LeverStudy> {
  const { levers, samples, jobs, signal, onProgress } = options;
  const withIdle: LoadWith = async (settings) => idleToQuery(await load(settings));
  const scenario = await withIdle([]);
  const { alternatives, leftOut } = await alternativesOf(levers, { written, scenario }, withIdle);
  const [found] = await jobs.all(SUBJECTS_JOB, [scenario], signal, () => {});
  const planOf = (one: ResolvedScenario) => pairedPlan(one, samples);
  const now = planOf(scenario);
  const common = { subjects: savingSubjects(scenario, found), metrics: metricsOf(now), jobs, signal };
  const pathways = scenario.pathways.map((pathway) => pathwayPlan(scenario, now, pathway));
  const plans = [now, ...alternatives.map((one) => planOf(one.scenario)), ...pathways];
  const onDraws = counter(samples * (plans.length + 2), onProgress);
  const savings = await savingsOf(plans, { ...common, onDraws });
  const alone = ranked(alternatives.map((one, i) => ({ one, savings: savings[i] })));
  const helpful = alone.filter(({ savings: [{ share }] }) => share.low > 0).map(({ one }) => one);
  const combination = await combinationOf(helpful, scenario, withIdle);
  const isOne = combination.members.length < 2;
  const [together] = isOne ? [] : await savingsOf([now, planOf(combination.scenario)], { ...common, onDraws });
  const ofPathways = ranked(scenario.pathways.map((one, i) => ({ one, savings: savings[alternatives.length + i] })));
  return {
    scenario: scenario.name,
    rows: [
      ...alone.flatMap(({ one, savings }, i) => leverRows(scenario, leverNames(one, i + 1), savings)),
      ...(together ? leverRows(scenario, combinationNames(combination.members, alone), together) : []),
      ...ofPathways.flatMap(({ one: { name }, savings }, i) => leverRows(scenario, pathwayNames(name, i + 1), savings)),
    ],
    left_out: leftOut,
    combined: isOne ? [] : combination.members.map(({ lever }) => lever.name),
    not_combined: isOne ? [] : combination.leftOut,
  };
}

function idleToQuery(scenario: ResolvedScenario): ResolvedScenario {
  return scenario.load ? { ...scenario, load: { ...scenario.load, idle_to: 'query' } } : scenario;
}

/** Energy, and the impacts that every model has. */
function metricsOf({ services }: Plan): ResultName[] {
  const impacts = IMPACTS.map(({ metric }) => metric);
  const isEverywhere = (metric: ResultName) =>
    services.every(({ outcomes }) => outcomes.some((outcome) => outcome.metric === metric));
  return ['energy', ...impacts.filter(isEverywhere)];
}

interface Ranked<T> {
  readonly one: T;
  readonly savings: readonly Saving[];
}

/** By the share of energy saved of the first subject, highest first. */
function ranked<T>(all: readonly Ranked<T>[]): Ranked<T>[] {
  return [...all].sort((a, b) => b.savings[0].share.value - a.savings[0].share.value);
}

function leverNames({ lever, settings }: Alternative, rank: number): LeverNames {
  const { name, basis, source } = lever;
  return { lever: name, kind: 'lever', rank, settings: textOf(settings), basis, source, if_multiplied: null };
}

function combinationNames(members: readonly Alternative[], alone: readonly Ranked<Alternative>[]): LeverNames {
  const shares = alone.filter(({ one }) => members.includes(one)).map(({ savings }) => savings[0].share.value);
  return {
    ...{ lever: ALL, kind: 'combination', rank: 1, basis: '', source: '' },
    settings: textOf(members.flatMap(({ settings }) => settings)),
    if_multiplied: 1 - shares.reduce((left, share) => left * (1 - share), 1),
  };
}

function pathwayNames(name: string, rank: number): LeverNames {
  return { lever: name, kind: 'pathway', rank, settings: '', basis: 'stated', source: '', if_multiplied: null };
}

function textOf(settings: Alternative['settings']): string {
  return settings.map(settingText).join('\n');
}

function counter(total: number, onProgress: LeverOptions['onProgress']): (draws: number) => void {
  let drawn = 0;
  return (draws) => {
    drawn += draws;
    onProgress?.(drawn, total);
  };
}
