import { count, duration, percent, rate } from '../format.js';

/** Where progress is shown: a terminal's stderr, a file, a test. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Seconds between two lines, on a terminal that rewrites its last line and elsewhere. */
const TERMINAL_SECONDS = 0.1;
const PLAIN_SECONDS = 5;

/** Erases the terminal's line and returns to its start (ECMA-48 EL). */
const CLEAR_LINE = '\r\x1b[2K';

/**
 * Shows how far a run is, with its rate and the time left: one line rewritten on a terminal, a plain line now and then
 * elsewhere.
 *
 * @param seconds a clock that never goes back
 */
export function progressDisplay(label: string | (() => string), stream: ProgressStream, seconds: () => number) {
  const begun = seconds();
  let shown = begun;
  const due = stream.isTTY ? TERMINAL_SECONDS : PLAIN_SECONDS;
  return {
    update(drawn: number, total: number): void {
      if (seconds() - shown < due) return;
      shown = seconds();
      const line = progressLine(typeof label === 'string' ? label : label(), drawn, total, shown - begun);
      stream.write(stream.isTTY ? `${CLEAR_LINE}${line}` : `${line}\n`);
    },
    clear(): void {
      if (stream.isTTY) stream.write(CLEAR_LINE);
    },
  };
}

export function progressLine(label: string, drawn: number, total: number, elapsed: number): string {
  const perSecond = drawn / elapsed;
  const left = duration((total - drawn) / perSecond);
  return `${label}: ${percent(drawn / total)} of ${count(total)} samples, ${rate(perSecond)}, ${left} left`;
}
