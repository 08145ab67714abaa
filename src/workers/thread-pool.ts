import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import { RunError } from '../errors.js';

// Needs Node.

/** How many threads to start, and how; see Piscina. */
export type ThreadOptions = Pick<
  ConstructorParameters<typeof Piscina>[0] & object,
  'name' | 'minThreads' | 'maxThreads' | 'resourceLimits'
>;

type RunOptions = NonNullable<Parameters<Piscina['run']>[1]>;

/** Threads that take one kind of task, or several by the names of the entry's functions. */
export interface ThreadPool {
  /** @throws what the task throws; RunError if no thread starts */
  run<Task, Result>(task: Task, options: RunOptions): Promise<Result>;
  destroy(): Promise<void>;
}

/** What Node's error of a thread that the system refuses begins with (ERR_WORKER_INIT_FAILED). */
const REFUSED = 'Worker initialization failure: ';

const FEWER = 'ask for fewer workers, or for 0, or raise its limits (ulimit -a)';

const REMEDY =
  'if a bundler has left it out, keep tokenjoule outside the bundle (esbuild: --external:tokenjoule), or ask for 0 workers';

/** The built entry of a thread beside this file. @throws RunError where a bundler has taken the place of this file away */
export function ownThreadEntry(): URL {
  const here: string | undefined = import.meta.url;
  if (here) return new URL('../threads/thread.cjs', here);
  throw new RunError(`worker threads need threads/thread.cjs, which lies beside tokenjoule’s own files; ${REMEDY}`);
}

/**
 * What starts threads. A thread that fails while it is idle has no task to fail: the first ones end every task with the reason, later
 * ones are replaced by Piscina.
 *
 * @param entry the built entry of a thread, a CommonJS module
 * @throws RunError if it is not there
 */
export async function threadStarter(entry: URL): Promise<(options: ThreadOptions) => ThreadPool> {
  await requireFile(entry);
  const { Piscina } = await import('piscina');
  return (options) => {
    const piscina = new Piscina({ filename: entry.href, ...options });
    const tasks = new StartedTasks(entry);
    piscina.on('error', (cause) => tasks.fail(cause));
    return {
      run: (task, options) => tasks.unlessFailed(() => piscina.run(task, options)),
      destroy: () => piscina.destroy(),
    };
  };
}

async function requireFile(entry: URL): Promise<void> {
  const file = fileURLToPath(entry);
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile()) throw new RunError(`worker threads need ${file}, which is not there; ${REMEDY}`);
}

/** Tasks of threads of which none may ever be ready: Piscina then keeps the tasks and says so to nobody. */
class StartedTasks {
  readonly #entry: URL;
  /** Of tasks that are not done: to race each with one promise would keep their results with it. */
  readonly #waiting = new Set<(error: RunError) => void>();
  #failure: RunError | undefined;
  #ready = false;

  constructor(entry: URL) {
    this.#entry = entry;
  }

  fail(cause: Error): void {
    if (this.#ready) return;
    this.#failure ??= startError(this.#entry, cause);
    for (const reject of this.#waiting) reject(this.#failure);
    this.#waiting.clear();
  }

  unlessFailed<T>(run: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#waiting.add(reject);
      run()
        .finally(() => this.#waiting.delete(reject))
        .then((result) => {
          this.#ready = true;
          resolve(result);
        })
        .catch((cause) => reject(isStartFailure(cause) ? startError(this.#entry, cause) : cause));
    });
  }
}

/** Whether a task failed with the thread that it was given to before that was ready. */
function isStartFailure(cause: unknown): cause is Error {
  return isRefusal(cause) || (cause instanceof Error && /^Cannot find (module|package)/.test(cause.message));
}

function isRefusal(cause: unknown): cause is Error {
  return cause instanceof Error && cause.message.startsWith(REFUSED);
}

function startError(entry: URL, cause: Error): RunError {
  const message = isRefusal(cause)
    ? `the system refuses a worker thread (${cause.message.slice(REFUSED.length)}): ${FEWER}`
    : `no worker thread starts with ${fileURLToPath(entry)}: ${firstLine(cause)}; ${REMEDY}`;
  return new RunError(message, { cause });
}

function firstLine({ message }: Error): string {
  return message.split('\n')[0];
}
