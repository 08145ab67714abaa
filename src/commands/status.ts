import type { Redis } from 'ioredis';
import { allBlocks } from '../blocks/blocks.js';
import { abortable } from '../cluster/abortable.js';
import { clusterAddress } from '../cluster/address.js';
import { connect } from '../cluster/connect.js';
import { cancelKey, RUN_SECONDS } from '../cluster/keys.js';
import { unlessRefused } from '../cluster/refusal.js';
import { type ClusterProgress, type ClusterWorker, runsOf, workersOf } from '../cluster/status.js';
import { RunError } from '../errors.js';
import { percent } from '../format.js';
import { printableLine } from '../printable.js';
import { counted } from '../words.js';
import { parseArguments, usageError } from './arguments.js';
import { DONE } from './exit-status.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  cluster: { type: 'string' },
  cancel: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** `tokenjoule status --cluster URL [--cancel RUN|SWEEP]`: who serves a cluster and what runs there. */
export async function statusCommand(
  args: readonly string[],
  { stdout, stderr, environment, signal }: Surroundings,
): Promise<number> {
  const { values } = parseArguments('status', args, FLAGS);
  const address = clusterAddress(values.cluster, environment);
  if (typeof address === 'string') throw usageError('status', address);
  const redis = await connect(address, (sentence) => void stderr.write(`status: ${sentence}\n`), signal);
  try {
    if (values.cancel !== undefined) {
      const cancelled = await abortable(cancel(redis, values.cancel), signal);
      if (cancelled === undefined) throw new RunError(`no run or sweep ${values.cancel} at ${address.shown}`);
      stdout.write(`${printableLine(`${cancelled} will stop within seconds`)}\n`);
      return DONE;
    }
    const [workers, runs] = await abortable(Promise.all([workersOf(redis), runsOf(redis)]), signal);
    const status = { workers, runs };
    stdout.write(values.json ? `${JSON.stringify(status, null, 2)}\n` : statusText(address.shown, status));
    return DONE;
  } catch (error) {
    throw unlessRefused(error);
  } finally {
    redis.disconnect();
  }
}

/** Cancels a run by its id, a sweep by its own or by that of any of its cells. Returns what it was; undefined if there is none. */
async function cancel(redis: Redis, id: string): Promise<string | undefined> {
  const run = (await runsOf(redis)).find(({ run_id, sweep }) => run_id === id || sweep === id);
  if (run === undefined) return undefined;
  const { run_id, sweep } = run;
  await redis.set(cancelKey(sweep ?? run_id), '1', 'EX', RUN_SECONDS);
  return sweep === undefined ? `run ${run_id}` : `sweep ${sweep}`;
}

function statusText(shown: string, { workers, runs }: { workers: ClusterWorker[]; runs: ClusterProgress[] }): string {
  return [
    `${shown}: ${counted(workers.length, 'worker')}, ${counted(runs.length, 'run')}`,
    ...workers.map(workerText).map(printableLine),
    ...runs.map(runText).map(printableLine),
    '',
  ].join('\n');
}

function workerText({ name, version, threads, ranges_done }: ClusterWorker): string {
  return `  worker ${name}: version ${version}, ${counted(threads, 'thread')}, ${counted(ranges_done, 'range')} done`;
}

function runText({ run_id, sweep, scenario, samples, pass, blocks_done, in_flight }: ClusterProgress): string {
  const share = percent(blocks_done / Math.max(1, allBlocks(samples).blocks));
  const of = sweep === undefined ? '' : ` of sweep ${sweep}`;
  return `  run ${run_id}${of}: ${scenario}, pass ${pass}, ${share} of ${counted(samples, 'sample')}, ${counted(in_flight, 'job')} in flight`;
}
