import { move, transferableSymbol, valueSymbol } from 'piscina';
import { taken } from './counter.js';
import { lastCompiled } from './last-compiled.js';
import type { RangeResult, RangeTask } from './messages.js';

/** A thread is one pool's, and keeps what it compiled from one range to the next. */
const run = lastCompiled();

/** What a worker thread does: one range of blocks a call. */
export async function runRangeOf(task: RangeTask): Promise<RangeResult> {
  return handOver(await run(task, taken));
}

/** The counts' memory is handed to the calling thread without a copy. */
function handOver(data: RangeResult): RangeResult {
  const buffers = data.parts.map(({ data: { counts } }) => counts.buffer);
  return move({ [transferableSymbol]: buffers, [valueSymbol]: data }) as unknown as RangeResult;
}
