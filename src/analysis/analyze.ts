import { InputError } from '../errors.js';
import type { ResultName } from '../model/quantities.js';
import { planModels } from '../plan/plan-models.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { outcomeOf } from '../subjects/energy-problem.js';
import { pooledModels, SUBJECTS_JOB, type Subject } from '../subjects/subjects.js';
import type { SensitivityRow } from '../tables/studies.js';
import { type JobRunner, jobsHere } from '../workers/jobs.js';
import { constantRows, sharedParameters } from './constant-rows.js';
import { dayEffectRows } from './day-effect-rows.js';
import { type DayRunOptions, dayEffects } from './day-effects.js';
import { dayQuestion } from './day-question.js';
import { METHODS, type MethodName } from './methods.js';
import { computationsOf, parametersOf, SUBJECT_JOB, type SubjectOptions } from './subject-job.js';

/** What an analysis is asked. */
export interface AnalyzeOptions extends SubjectOptions {
  /** Computations of the energy of a query done so far, and of all subjects together. */
  readonly onProgress?: (computed: number, total: number) => void;
  /** Where the subjects are analysed; in the calling thread, if not said otherwise. */
  readonly jobs?: JobRunner;
  /** Looked at between subjects; threads are ended at once. */
  readonly signal?: AbortSignal;
}

/**
 * Influence of each uncertain input of a scenario on the energy of every model and blend in every regime, as rows of
 * `sensitivity.arrow`: per output the largest effect first, the dummy last. Where all inputs are constant, rows say 0. Of a scenario
 * with a fleet, rows about each mix's day follow.
 *
 * @throws RangeError as the method does, e.g. for correlated inputs where it takes independent ones; the signal's reason
 */
export async function analyze(
  scenario: ResolvedScenario,
  { onProgress, jobs = jobsHere, signal = new AbortController().signal, ...options }: AnalyzeOptions,
): Promise<SensitivityRow[]> {
  refuseSessions(scenario, options.method);
  refuseUnstated(scenario, options.metric);
  const [subjects] = await jobs.all(SUBJECTS_JOB, [scenario], signal, () => {});
  const tasks = await Promise.all(
    subjects.map(async (subject) => {
      const task = { scenario, subject, options };
      return { task, parameters: await parametersOf(task) };
    }),
  );
  const uncertain = tasks.filter(({ parameters }) => parameters.length > 0);
  const total = uncertain.reduce((sum, { parameters }) => sum + computationsOf(options, parameters.length), 0);
  let computed = 0;
  const found = await jobs.all(
    SUBJECT_JOB,
    uncertain.map(({ task }) => task),
    signal,
    (more) => {
      computed += more;
      onProgress?.(computed, total);
    },
  );
  const rowsOf = new Map(uncertain.map(({ task }, i) => [task.subject, found[i]]));
  const shared = sharedParameters(uncertain.map(({ parameters }) => parameters));
  const rows = await Promise.all(tasks.map(({ task }) => rowsOf.get(task.subject) ?? constantRows(task, shared)));
  if (options.metric && options.metric !== 'energy') return rows.flat();
  return [...rows.flat(), ...(await fleetRows(scenario, subjects, { jobs, signal }))];
}

/** What moves the day of the scenario's fleet; none without one. */
async function fleetRows(
  scenario: ResolvedScenario,
  subjects: readonly Subject[],
  options: Pick<DayRunOptions, 'jobs' | 'signal'>,
): Promise<SensitivityRow[]> {
  if (scenario.fleet === undefined) return [];
  const { blend: pooled } = scenario.fleet;
  const chosen = pooledModels(subjects.filter(({ name }) => name === pooled));
  const question = dayQuestion(scenario, chosen);
  return dayEffectRows(question, await dayEffects(question, { ...options, chosen }));
}

/** @throws InputError for an impact that the scenario states nothing of */
function refuseUnstated(scenario: ResolvedScenario, metric: ResultName = 'energy'): void {
  const made = planModels({ ...scenario, non_production: [] }).services.map((service) => outcomeOf(service, metric));
  if (made.every((outcome) => outcome !== undefined)) return;
  const message = `states nothing that makes ${metric} of energy; add it (docs/impact.md says how), or analyse energy`;
  throw new InputError([{ file: scenario.name, key: 'impact', message }]);
}

/** @throws InputError for queries that are sessions, of methods to which an input is one number */
function refuseSessions({ name, regimes }: ResolvedScenario, method: MethodName): void {
  if (METHODS[method].groups) return;
  const found = regimes.filter(({ session }) => session !== undefined).map((regime) => regime.name);
  if (found.length === 0) return;
  const able = Object.entries(METHODS).filter(([, { groups }]) => groups);
  const message = `${method} takes no sessions (${found.join(', ')}): each turn draws anew, so an input has no high and low; take ${able.map(([other]) => other).join(' or ')}`;
  throw new InputError([{ file: name, key: 'session', message }]);
}
