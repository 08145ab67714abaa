import { InputError } from '../errors.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SensitivityRow } from '../tables/studies.js';
import { type JobRunner, jobsHere } from '../workers/jobs.js';
import { constantRows, sharedParameters } from './constant-rows.js';
import { METHODS, type MethodName } from './methods.js';
import { computationsOf, parametersOf, SUBJECT_JOB, type SubjectOptions } from './subject-job.js';
import { SUBJECTS_JOB } from './subjects.js';

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
 * `sensitivity.arrow`: per output the largest effect first, the dummy last. Where all inputs are constant, rows say 0.
 *
 * @throws RangeError as the method does, e.g. for correlated inputs where it takes independent ones; the signal's reason
 */
export async function analyze(
  scenario: ResolvedScenario,
  { onProgress, jobs = jobsHere, signal = new AbortController().signal, ...options }: AnalyzeOptions,
): Promise<SensitivityRow[]> {
  refuseSessions(scenario, options.method);
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
  return rows.flat();
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
