import { abortable } from '../cluster/abortable.js';
import { clusterAddress } from '../cluster/address.js';
import { connect } from '../cluster/connect.js';
import { type ClusterQueue, openQueue } from '../cluster/open-queue.js';
import { unlessRefused } from '../cluster/refusal.js';
import { usageError } from './arguments.js';
import type { Surroundings } from './surroundings.js';

/** Opens a cluster's queue, and closes it after use. @throws the signal's reason, if aborted meanwhile */
export async function onCluster<T>(
  command: string,
  url: string,
  { environment, signal }: Surroundings,
  tell: (sentence: string) => void,
  use: (queue: ClusterQueue) => Promise<T>,
): Promise<T> {
  const address = clusterAddress(url, environment);
  if (typeof address === 'string') throw usageError(command, address);
  const redis = await connect(address, tell, signal);
  try {
    const queue = await abortable(openQueue(redis, tell), signal);
    try {
      return await use(queue);
    } finally {
      await queue.close();
    }
  } catch (error) {
    throw unlessRefused(error);
  } finally {
    redis.disconnect();
  }
}
