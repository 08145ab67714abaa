import type { BlockRange } from '../blocks/blocks.js';
import type { RunIdentity } from '../state/identity.js';

/** All keys begin with this; BullMQ's own too. */
export const PREFIX = 'tokenjoule';

/** Workers of one version share a queue, so that a job never reaches one that would draw otherwise. */
export function queueName(version: string): string {
  return `ranges-${version}`;
}

/** Same range, same job: added twice, it runs once. */
export function jobId(run: string, { pass }: RunIdentity, { firstBlock, blocks }: BlockRange): string {
  return `${run}-${pass}-${firstBlock}-${blocks}`;
}

/** What a run is: its scenario as written; gone once the run has ended or died. */
export const runKey = (run: string) => `${PREFIX}:run:${run}`;
export const progressKey = (run: string) => `${PREFIX}:progress:${run}`;
export const cancelKey = (run: string) => `${PREFIX}:cancel:${run}`;
export const resultKey = (job: string) => `${PREFIX}:result:${job}`;
export const workerKey = (worker: string) => `${PREFIX}:worker:${worker}`;

/** Seconds that keys live without being refreshed. */
export const RUN_SECONDS = 60;
export const WORKER_SECONDS = 15;
export const RESULT_SECONDS = 60;
export const HEARTBEAT_MS = 5000;
