import { move, transferableSymbol, valueSymbol } from 'piscina';
import { packed } from '../sketch/histogram.js';
import type { Sketches } from '../sketch/sketches.js';
import type { RangeResult, RangeTask } from './messages.js';
import { runRange } from './run-range.js';

/** Entry of a worker thread (Piscina): one range of blocks a call. */
export default async function worker(task: RangeTask): Promise<RangeResult> {
  return handOver(await runRange(task));
}

/** The sketches as plain data, packed, and handed to the calling thread without another copy. */
function handOver({ histograms, capped, extrapolated }: Sketches): RangeResult {
  const data: RangeResult = { histograms: histograms.map(packed), capped, extrapolated };
  const buffers = data.histograms.map(({ counts }) => counts.buffer);
  return move({ [transferableSymbol]: buffers, [valueSymbol]: data }) as unknown as RangeResult;
}
