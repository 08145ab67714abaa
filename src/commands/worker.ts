import { availableParallelism, hostname } from 'node:os';
import { clusterAddress } from '../cluster/address.js';
import { connect } from '../cluster/connect.js';
import { serve } from '../cluster/worker.js';
import { limitsOf } from '../plan/limits.js';
import { engineVersion } from '../version.js';
import { counted } from '../words.js';
import { openRunner } from '../workers/open-pool.js';
import { parseArguments, usageError, wholeNumber } from './arguments.js';
import { DONE } from './exit-status.js';
import { WORKER_FLAGS } from './flags.js';
import type { Surroundings } from './surroundings.js';
import { wantedThreads } from './threads.js';

/** `tokenjoule worker --cluster URL`: serves a cluster's jobs with this machine's cores until it is interrupted. */
export async function workerCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { values } = parseArguments('worker', args, WORKER_FLAGS);
  const address = clusterAddress(values.cluster, around.environment);
  if (typeof address === 'string') throw usageError('worker', address);
  const threads = wantedThreads('worker', values.workers) ?? availableParallelism();
  if (threads === 0) throw usageError('worker', '--workers takes at least 1');
  const stallSeconds = wholeNumber('worker', '--stall-seconds', values['stall-seconds'], 1);
  const tell = (sentence: string) => void around.stderr.write(`worker: ${sentence}\n`);
  const redis = await connect(address, tell, around.signal);
  const runner = await openRunner(threads);
  try {
    const name = `${hostname()}-${process.pid}`;
    if (!values.quiet)
      tell(`${name} serves ${address.shown} with ${counted(threads, 'thread')}, version ${engineVersion()}`);
    await serve(
      redis,
      runner,
      { name, threads, stallSeconds, limits: limitsOf(around.environment), tell },
      around.signal,
    );
    return DONE;
  } finally {
    await runner.close();
    redis.disconnect();
  }
}
