import type { ProgressStream } from '../terminal/progress.js';

/** What a command needs of the process around it. */
export interface Surroundings {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ProgressStream;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** A clock that never goes back. */
  readonly seconds: () => number;
}
