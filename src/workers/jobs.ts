/** Called now and then with how many draws, or rows of a design, were computed since the last call. */
export type OnDraws = (draws: number) => void;

/** A kind of task that any thread can do: task and result are plain data. */
export interface Job<T extends object, R> {
  /** Under which threads know it, see job-list.ts. */
  readonly name: string;
  run(task: T, onDraws: OnDraws): Promise<R>;
}

/** Where tasks are done; no result depends on it. */
export interface JobRunner {
  /** Threads besides the calling one; 0 when everything is done there. */
  readonly workers: number;
  /**
   * Does tasks in any order.
   *
   * @returns their results, in the order of the tasks
   * @throws what a task throws; the signal's reason, if aborted
   */
  all<T extends object, R>(
    job: Job<T, R>,
    tasks: readonly T[],
    signal: AbortSignal,
    onDraws: OnDraws,
  ): Promise<Awaited<R>[]>;
}

/** Does one task after the other in the calling thread; needs no Node. */
export const jobsHere: JobRunner = {
  workers: 0,
  async all(job, tasks, signal, onDraws) {
    const results = [];
    for (const task of tasks) {
      // Lets timers and signals of the calling thread have their turn between two tasks.
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      results.push(await job.run(task, onDraws));
    }
    return results;
  },
};
