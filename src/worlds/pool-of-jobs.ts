import { REFERENCE_ENGINE } from '../engine/reference-engine.js';
import { CELLS_JOB } from '../simulate/cells-job.js';
import type { JobRunner } from '../workers/jobs.js';
import type { WorldsPool } from './run-worlds.js';

/** Draws worlds where studies do their jobs: on the reference kernel, so that no number depends on who asks. */
export function poolOfJobs(jobs: JobRunner): WorldsPool {
  return {
    workers: jobs.workers,
    engine: REFERENCE_ENGINE,
    runCells: async (scenarios, signal) => (await jobs.all(CELLS_JOB, [{ scenarios }], signal, () => {}))[0],
  };
}
