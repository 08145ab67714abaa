import { engineVersion } from '../version.js';
import type { ClusterWorker } from './status.js';

/** Longer than a range of blocks takes, on a machine that is not busy otherwise. */
export const QUIET_MS = 30_000;

/** Notices that a run gets no results; once for each silence. */
export class Silence {
  readonly #quiet_ms: number;
  #since: number;
  #noticed = false;

  /** @param now time in milliseconds; all of them count from the same moment */
  constructor(quiet_ms: number, now: number) {
    this.#quiet_ms = quiet_ms;
    this.#since = now;
  }

  /** A result has come. */
  broken(now: number): void {
    this.#since = now;
    this.#noticed = false;
  }

  /** @returns whether there was none for so long, for the first time since the last one */
  noticed(now: number): boolean {
    if (this.#noticed || now - this.#since < this.#quiet_ms) return false;
    this.#noticed = true;
    return true;
  }
}

/** What a run that gets no results tells. @param workers all that are connected */
export function silenceText(workers: readonly ClusterWorker[]): string {
  const version = engineVersion();
  const ready = workers.filter((worker) => worker.version === version).length;
  if (ready === 0) return `no worker of version ${version} is connected; waiting for one: tokenjoule worker --cluster`;
  return `no result for a while; waiting, as workers of version ${version} are connected (${ready})`;
}
