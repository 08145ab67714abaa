import type { ProgressStream } from '../terminal/progress.js';

/** What a command needs of the process around it. */
export interface Surroundings {
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly stderr: ProgressStream;
  /** Environment variables; of them NO_COLOR is looked at. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** A clock that never goes back. */
  readonly seconds: () => number;
}
