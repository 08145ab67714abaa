import { SUBJECT_JOB } from '../analysis/subject-job.js';
import { DAYS_JOB } from '../comparison/days-job.js';
import { MEDIANS_JOB } from '../comparison/medians-job.js';
import { PAIRS_JOB } from '../comparison/pairs-job.js';
import type { JobTask } from '../engine/messages.js';
import { SAVINGS_JOB } from '../levers/savings-job.js';
import { CELLS_JOB } from '../simulate/cells-job.js';
import { SUBJECTS_JOB } from '../subjects/subjects.js';

const JOBS = [SUBJECTS_JOB, SUBJECT_JOB, PAIRS_JOB, DAYS_JOB, MEDIANS_JOB, SAVINGS_JOB, CELLS_JOB] as const;

/** What a worker thread does in an analysis or a comparison: one task of one job a call. */
export function runJob({ job: name, task, drawn }: JobTask): Promise<object> {
  const job = JOBS.find((one) => one.name === name);
  if (job === undefined) throw new RangeError(`no job is called ${name}`);
  // The list's order tells the type of the task.
  return job.run(task as never, (draws) => void Atomics.add(drawn, 0, BigInt(draws)));
}
