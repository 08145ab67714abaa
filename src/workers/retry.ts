import { splitRange } from '../blocks/blocks.js';
import { emptySketches } from '../counting/empty-sketches.js';
import type { RangeTask } from '../engine/messages.js';
import { RunError } from '../errors.js';
import type { SketchesData } from '../sketch/sketches.js';
import { BlockError } from './block-error.js';
import { noMemoryError } from './no-memory.js';

/** Runs one range in a thread that has run nothing before. */
export type RunFresh = (task: RangeTask) => Promise<SketchesData>;

/**
 * Runs a range that has failed once more, halving it where it fails again, down to the block that fails by itself. A fault
 * of the moment (a killed thread, memory that was short) so costs one more run of the range.
 *
 * @throws BlockError for the first block that fails alone; RunError where none can be drawn at all; the signal's reason, if aborted
 */
export async function retryRange(task: RangeTask, runFresh: RunFresh, signal: AbortSignal): Promise<SketchesData> {
  try {
    return await runFresh(task);
  } catch (cause) {
    signal.throwIfAborted();
    const hopeless = cause instanceof RunError ? cause : noMemoryError(cause);
    if (hopeless) throw hopeless;
    if (task.range.blocks === 1) throw new BlockError(task.plan, task.range.firstBlock, cause);
    return retryHalves(task, runFresh, signal);
  }
}

async function retryHalves(task: RangeTask, runFresh: RunFresh, signal: AbortSignal): Promise<SketchesData> {
  const merged = emptySketches(task.plan);
  for (const range of splitRange(task.range)) merged.merge(await retryRange({ ...task, range }, runFresh, signal));
  return merged.toData();
}
