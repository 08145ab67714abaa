import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { RangeResult, RangeTask } from './messages.js';
import { lastCompiled } from './run-range.js';

/** A thread is one pool's, and keeps what it compiled from one range to the next. */
const runnerOf = lastCompiled();

/** What a worker thread does: one range of blocks a call. */
export async function runRangeOf(task: RangeTask): Promise<RangeResult> {
  const run = await runnerOf(task);
  return handOver(run(task.range));
}

/** The counts' memory is handed to the calling thread without a copy. */
function handOver(data: RangeResult): RangeResult {
  const buffers = data.parts.map(({ data: { counts } }) => counts.buffer);
  return move({ [transferableSymbol]: buffers, [valueSymbol]: data }) as unknown as RangeResult;
}
