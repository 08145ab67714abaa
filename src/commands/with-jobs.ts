import { availableParallelism } from 'node:os';
import { openJobThreads } from '../workers/job-threads.js';
import { type JobRunner, jobsHere } from '../workers/jobs.js';
import type { Surroundings } from './surroundings.js';
import { wantedThreads } from './threads.js';

/** Calls `use` with the threads that `--workers` asks for, one for each core without it, and ends them. */
export async function withJobs<T>(
  command: string,
  flag: string | undefined,
  { threadEntry }: Surroundings,
  use: (jobs: JobRunner) => Promise<T>,
): Promise<T> {
  const workers = wantedThreads(command, flag) ?? availableParallelism();
  if (workers === 0) return use(jobsHere);
  const threads = await openJobThreads(threadEntry, workers);
  try {
    return await use(threads);
  } finally {
    await threads.close();
  }
}
