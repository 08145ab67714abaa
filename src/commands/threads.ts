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
 * As many threads as wanted, else as there are cores, but no more than tasks; none for a single task that nobody asked
 * threads for.
 *
 * @param tasksFor how many tasks the work makes for so many threads
 */
export function threadsFor(wanted: number | undefined, tasksFor: (threads: number) => number): number {
  const threads = wanted ?? availableParallelism();
  const tasks = tasksFor(threads);
  return wanted === undefined && tasks === 1 ? 0 : Math.min(threads, tasks);
}
