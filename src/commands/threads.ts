import { availableParallelism } from 'node:os';
import { usageError, wholeNumber } from './arguments.js';

/** More threads than this for each core only wait for one another. */
const MOST_PER_CORE = 8;

/** What `--workers` asks for; undefined leaves it to the work. @throws InputError for no number, or far too many */
export function wantedThreads(command: string, flag: string | undefined): number | undefined {
  if (flag === undefined) return undefined;
  const cores = availableParallelism();
  const most = Math.max(64, MOST_PER_CORE * cores);
  const wanted = wholeNumber(command, '--workers', flag, 0);
  if (wanted > most) throw usageError(command, `--workers takes at most ${most} on ${cores} cores; found ${wanted}`);
  return wanted;
}

/**
 * What a thread shall at least have to do: about as long as it takes to start and to draw as fast as one that has drawn before.
 * Measured on two cores: two threads are done sooner than the calling one from 0.5 s of one model's draws, from 1 s of the
 * paper's.
 */
const LEAST_SECONDS = 0.35;

/**
 * As many threads as wanted, but no more than tasks. Where nobody asked for a number: as many as there are cores and as have
 * enough to do, and none where the calling thread is done as soon as two of them.
 *
 * @param tasksFor how many tasks the work makes for so many threads
 * @param seconds that one thread takes for all of it, roughly
 */
export function threadsFor(
  wanted: number | undefined,
  tasksFor: (threads: number) => number,
  seconds: number,
  cores = availableParallelism(),
): number {
  if (wanted !== undefined) return Math.min(wanted, tasksFor(wanted));
  const busy = Math.min(cores, Math.floor(seconds / LEAST_SECONDS));
  return busy < 2 ? 0 : Math.min(busy, tasksFor(busy));
}
