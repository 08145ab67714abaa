import { RunError } from '../errors.js';

/**
 * Calls a function of a thread's entry in a thread of its own (this file needs Node). The calling thread stays free to hear of
 * signals meanwhile, and ends the other at once, wherever it is, when `signal` is aborted.
 *
 * @param entry the built entry, a CommonJS module
 * @param name the function; its one argument and its result are plain data
 * @throws RunError with the message of an error of this project's; what else the function throws; the signal's reason
 */
export async function inThread<T>(entry: URL, name: string, task: object, signal: AbortSignal): Promise<T> {
  const { Piscina } = await import('piscina');
  const thread = new Piscina<object, T>({ filename: entry.href, minThreads: 1, maxThreads: 1 });
  try {
    return await thread.run(task, { name, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw isOwn(error) ? new RunError(error.message, { cause: error }) : error;
  } finally {
    await thread.destroy();
  }
}

/** Between threads, an error keeps its class only where it is one of the language's. */
function isOwn(error: unknown): error is Error {
  return error instanceof Error && error.constructor === Error;
}
