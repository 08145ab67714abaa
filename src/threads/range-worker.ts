import { move, transferableSymbol, valueSymbol } from 'piscina';
import { handOver } from '../counting/counter.js';
import { lastCompiled } from '../engine/last-compiled.js';
import type { RangeResult, ThreadTask } from '../engine/messages.js';
import { copierInto, memoryOf } from '../workers/spare-memory.js';

/** A thread is one pool's, and keeps what it compiled from one range to the next. */
const run = lastCompiled();

/** What a worker thread does: one range of blocks a call. */
export async function runRangeOf({ spare, ...task }: ThreadTask): Promise<RangeResult> {
  return transferred(await run(task, (counter) => handOver(counter, copierInto([...spare]))));
}

/** The counts' memory is handed to the calling thread without a copy. */
function transferred(data: RangeResult): RangeResult {
  return move({ [transferableSymbol]: memoryOf(data), [valueSymbol]: data }) as unknown as RangeResult;
}
