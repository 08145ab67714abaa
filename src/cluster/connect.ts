import type { Redis } from 'ioredis';
import { RunError } from '../errors.js';
import { abortable } from './abortable.js';
import type { ClusterAddress } from './address.js';
import { withinTime } from './within-time.js';

const FIRST_CONTACT_MS = 5000;
const LONGEST_WAIT_MS = 2000;
/** A server that answers nothing for so long is taken for lost, though its connection stands; workers wait for jobs for at most 10 s at once. */
const LONGEST_SILENCE_MS = 15_000;

/**
 * Connects to Redis or Valkey (needs Node). Later losses of the connection are told of and waited out: commands are sent again
 * once it is back.
 *
 * @param signal ends the first contact; nothing afterwards
 * @param silence_ms the longest that a command waits for an answer before the connection is made anew
 * @throws RunError if it does not answer at first, without its password; the signal's reason, if aborted
 */
export async function connect(
  address: ClusterAddress,
  tell: (sentence: string) => void,
  signal: AbortSignal,
  silence_ms = LONGEST_SILENCE_MS,
): Promise<Redis> {
  const { Redis } = await import('ioredis');
  // Never lazily: BullMQ's workers duplicate it with its options, and wait for a lazy one by a single attempt. Where that fails,
  // the server being down just then, the worker takes no job ever again.
  const redis = new Redis(address.url, {
    maxRetriesPerRequest: null,
    socketTimeout: silence_ms,
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
    await abortable(withinTime(redis.ping(), FIRST_CONTACT_MS), signal);
    return redis;
  } catch (error) {
    redis.disconnect();
    signal.throwIfAborted();
    // Nothing is thrown for no answer in time: the reason is the connection's last error.
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
