import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SensitivityRow } from '../tables/schema.js';
import { type JobRunner, jobsHere } from '../workers/jobs.js';
import { computationsOf, SUBJECT_JOB, type SubjectOptions } from './subject-job.js';
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
 * `sensitivity.arrow`: per output the largest effect first, the dummy last.
 *
 * @throws RangeError as the method does, e.g. for correlated inputs where it takes independent ones; the signal's reason
 */
export async function analyze(
  scenario: ResolvedScenario,
  { onProgress, jobs = jobsHere, signal = new AbortController().signal, ...options }: AnalyzeOptions,
): Promise<SensitivityRow[]> {
  const [subjects] = await jobs.all(SUBJECTS_JOB, [scenario], signal, () => {});
  const tasks = subjects.map((subject) => ({ scenario, subject, options }));
  const computations = await Promise.all(tasks.map(computationsOf));
  const total = computations.reduce((sum, one) => sum + one, 0);
  let computed = 0;
  const rows = await jobs.all(SUBJECT_JOB, tasks, signal, (more) => {
    computed += more;
    onProgress?.(computed, total);
  });
  return rows.flat();
}
