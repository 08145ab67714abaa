/** What one look at the queue and at this worker finds. */
export interface Look {
  /** Jobs of the queue that wait for a worker, or for being tried again. */
  readonly waiting: number;
  /** Jobs that this worker has under way. */
  readonly under_way: number;
  /** Jobs that it has begun since it started. */
  readonly begun: number;
}

export const LOOK_MS = 1000;
/**
 * Looks in a row that must find it idle. Far more than a worker ever needs: it asks for jobs every second, whatever it was told. As
 * looks wait for the server's answer, one that is away is not taken for idleness.
 */
const IDLE_LOOKS = 10;
export const IDLE_S = (IDLE_LOOKS * LOOK_MS) / 1000;

/** Notices that jobs wait while this worker takes none. */
export class IdleWatch {
  #idle = 0;
  #begun = 0;

  /** Takes the next look. @returns whether it is high time to open the queue anew; then counts from the beginning */
  takesNothing({ waiting, under_way, begun }: Look): boolean {
    const idle = waiting > 0 && under_way === 0 && begun === this.#begun;
    this.#begun = begun;
    this.#idle = idle ? this.#idle + 1 : 0;
    if (this.#idle < IDLE_LOOKS) return false;
    this.#idle = 0;
    return true;
  }
}
