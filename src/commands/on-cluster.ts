import { randomUUID } from 'node:crypto';
import { clusterAddress } from '../cluster/address.js';
import { type ClusterRun, clusterRunner } from '../cluster/cluster-runner.js';
import { connect } from '../cluster/connect.js';
import type { KernelModule } from '../kernel/web-assembly.js';
import type { RangeRunner } from '../workers/range-runner.js';
import { usageError } from './arguments.js';

/** Opens a cluster for one run and closes it after. */
export async function onCluster<T>(
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
  run: Omit<ClusterRun, 'id'>,
  module: KernelModule | undefined,
  use: (runner: RangeRunner) => Promise<T>,
): Promise<T> {
  const address = clusterAddress(url, environment);
  if (typeof address === 'string') throw usageError('run', address);
  const redis = await connect(address, run.tell);
  try {
    const runner = await clusterRunner(redis, { ...run, id: randomUUID() }, module);
    try {
      return await use(runner);
    } finally {
      await runner.close();
    }
  } finally {
    redis.disconnect();
  }
}
