import { count, duration, percent, rate } from '../format.js';
import { printableLine } from '../printable.js';
import { order } from './shown-on.js';

/** Where progress is shown: a terminal's stderr, a file, a test. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  /** Width of the terminal; absent where there is none. */
  readonly columns?: number | undefined;
  /** What stands for the beginning of an order to the terminal in text written here; absent: that beginning itself. */
  readonly mark?: string;
  write(text: string): unknown;
}

/** Seconds between two lines, on a terminal that rewrites its last line and elsewhere. */
const TERMINAL_SECONDS = 0.1;
const PLAIN_SECONDS = 5;

/**
 * Shows how far a run is, with its rate and the time left: one line rewritten on a terminal, a plain line now and then
 * elsewhere.
 *
 * @param seconds a clock that never goes back
 */
export function progressDisplay(label: string | (() => string), stream: ProgressStream, seconds: () => number) {
  const begun = seconds();
  let shown = begun;
  // Erases the terminal's line and returns to its start (ECMA-48 EL, CHA).
  const clearLine = order(stream, '2K') + order(stream, '1G');
  const due = stream.isTTY ? TERMINAL_SECONDS : PLAIN_SECONDS;
  return {
    update(drawn: number, total: number): void {
      if (seconds() - shown < due) return;
      shown = seconds();
      const name = printableLine(typeof label === 'string' ? label : label());
      const line = progressLine(name, drawn, total, shown - begun);
      stream.write(stream.isTTY ? `${clearLine}${line}` : `${line}\n`);
    },
    clear(): void {
      if (stream.isTTY) stream.write(clearLine);
    },
  };
}

export function progressLine(label: string, drawn: number, total: number, elapsed: number): string {
  const perSecond = drawn / elapsed;
  const left = duration((total - drawn) / perSecond);
  return `${label}: ${percent(drawn / total)} of ${count(total)} samples, ${rate(perSecond)}, ${left} left`;
}
