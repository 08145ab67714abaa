import { clusterAddress } from '../cluster/address.js';
import { connect } from '../cluster/connect.js';
import { type ClusterQueue, openQueue } from '../cluster/open-queue.js';
import { usageError } from './arguments.js';

/** Opens a cluster's queue, and closes it after use. */
export async function onCluster<T>(
  command: string,
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
  tell: (sentence: string) => void,
  use: (queue: ClusterQueue) => Promise<T>,
): Promise<T> {
  const address = clusterAddress(url, environment);
  if (typeof address === 'string') throw usageError(command, address);
  const redis = await connect(address, tell);
  try {
    const queue = await openQueue(redis, tell);
    try {
      return await use(queue);
    } finally {
      await queue.close();
    }
  } finally {
    redis.disconnect();
  }
}
