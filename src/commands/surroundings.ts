import type { ProgressStream } from '../terminal/progress.js';

/** What a command needs of the process around it. */
export interface Surroundings {
  /** Both show text and do not obey it, see `shownOn`: commands write what files say as it is. */
  readonly stdout: ProgressStream;
  readonly stderr: ProgressStream;
  /** Environment variables; NO_COLOR, the limits, the cluster's address and the index in an array job are looked at. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
  /** The built entry of a worker thread. */
  readonly threadEntry: URL;
  readonly now: () => Date;
  /** A clock that never goes back. */
  readonly seconds: () => number;
}
