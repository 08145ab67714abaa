import { InputError, RunError } from '../errors.js';
import { progressDisplay } from '../terminal/progress.js';
import { DONE, statusOf, worstStatus } from './exit-status.js';
import type { Surroundings } from './surroundings.js';

/** A file that could not be loaded or run. */
export interface FailedFile {
  readonly file: string;
  readonly message: string;
}

/** Many files one after the other: what fails is reported at once and does not stop the others. */
export interface Batch {
  readonly failed: readonly FailedFile[];
  /** Adds the outcome of a step that ended well by itself. */
  note(status: number): void;
  /** What a step gives; undefined, and reported, if it fails on bad input or in the run. Throws what else it throws. */
  attempt<T>(file: string, step: () => Promise<T>): Promise<T | undefined>;
  /** The worst of all outcomes. */
  status(): number;
}

export function openBatch({ stderr, signal }: Surroundings): Batch {
  const failed: FailedFile[] = [];
  const statuses: number[] = [];
  return {
    failed,
    note: (status) => void statuses.push(status),
    async attempt(file, step) {
      try {
        return await step();
      } catch (error) {
        if (signal.aborted || !(error instanceof InputError || error instanceof RunError)) throw error;
        const message = error instanceof InputError ? error.message : `${file}: ${error.message}`;
        failed.push({ file, message });
        statuses.push(statusOf(error));
        stderr.write(`${message}\n`);
        return undefined;
      }
    },
    status: () => (statuses.length === 0 ? DONE : worstStatus(statuses)),
  };
}

/** One progress display for all of a batch: which file of how many, and the draws of all together. */
export function batchProgress(samples: readonly number[], names: readonly string[], around: Surroundings) {
  const total = samples.reduce((sum, one) => sum + one, 0);
  const before = (file: number) => samples.slice(0, file).reduce((sum, one) => sum + one, 0);
  let current = 0;
  const position = () => (names.length > 1 ? `${names[current]} (${current + 1} of ${names.length})` : names[current]);
  const display = progressDisplay(position, around.stderr, around.seconds);
  return {
    /** Takes the progress of one file. */
    of(file: number): (drawn: number) => void {
      current = file;
      return (drawn) => display.update(before(file) + drawn, total);
    },
    clear: display.clear,
  };
}
