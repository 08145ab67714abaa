import { printable } from '../printable.js';
import type { ProgressStream } from './progress.js';

/** What begins an order to a terminal (ECMA-48 CSI). */
const CONTROL_SEQUENCE = '\x1b[';

/**
 * A stream on which text is shown and never obeyed: what a scenario, a table or a server says goes through here, and
 * what is no plain character in it is written as its escape. Orders of our own are told from it by a mark that nobody
 * else can know.
 *
 * @param mark a text that was made up at random for this process; it stands for what begins an order
 */
export function shownOn(stream: Omit<ProgressStream, 'mark'>, mark: string): ProgressStream {
  return {
    isTTY: stream.isTTY ?? false,
    columns: stream.columns,
    mark,
    write: (text) => stream.write(printable(text).replaceAll(mark, CONTROL_SEQUENCE)),
  };
}

/** What to write for an order to a stream's terminal, e.g. `2K`. */
export function order({ mark = CONTROL_SEQUENCE }: Pick<ProgressStream, 'mark'>, code: string): string {
  return `${mark}${code}`;
}
