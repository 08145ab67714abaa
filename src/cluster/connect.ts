import type { Redis } from 'ioredis';
import { RunError } from '../errors.js';
import type { ClusterAddress } from './address.js';

const FIRST_CONTACT_MS = 5000;
const LONGEST_WAIT_MS = 2000;

/**
 * Connects to Redis or Valkey (needs Node). Later losses of the connection are told of and waited out: commands are sent again
 * once it is back.
 *
 * @throws RunError if it does not answer at first, without its password
 */
export async function connect(address: ClusterAddress, tell: (sentence: string) => void): Promise<Redis> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(address.url, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), LONGEST_WAIT_MS),
  });
  let reason = 'no answer';
  let connected = false;
  redis.on('error', (error: NodeJS.ErrnoException) => {
    reason = reasonOf(error);
  });
  redis.on('reconnecting', () => {
    if (connected) tell(`lost ${address.shown}; trying again`);
    connected = false;
  });
  redis.on('ready', () => {
    connected = true;
  });
  try {
    await withinTime(redis.ping(), FIRST_CONTACT_MS);
    return redis;
  } catch (error) {
    redis.disconnect();
    throw new RunError(
      `cannot reach ${address.shown}: ${error instanceof Error ? reasonOf(error) : reason}; ` +
        'start Redis or Valkey there (Debian: apt-get install redis-server), or see --cluster in tokenjoule --help',
    );
  }
}

/** A code or Redis's own first word (NOAUTH, WRONGPASS): the rest of a message may repeat what was sent. */
function reasonOf(error: NodeJS.ErrnoException): string {
  return error.code ?? error.message.split(' ')[0];
}

async function withinTime<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  // Rejects with nothing: the reason is the connection's last error.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
