import type { HistogramData } from '../sketch/histogram.js';
import type { SketchesData } from '../sketch/sketches.js';

/** What counts a kernel's blocks. */
export interface Counter {
  /** Counts the first `n` draws of the block, or batch of blocks, that the kernel has just evaluated. */
  count(n: number): void;
  /**
   * All that was counted since the last `clear`, at most 2^32 draws of a node, in the counter's own memory: it holds until the
   * counter is used again. Nothing more is counted before the next `clear`.
   */
  view(): SketchesData;
  clear(): void;
}

/**
 * All that was counted, in memory of its own; leaves the counter empty.
 *
 * @param copy makes the copies
 */
export function handOver(counter: Counter, copy: (counts: Bins) => Bins = (counts) => counts.slice()): SketchesData {
  const { parts } = counter.view();
  const own = parts.map(({ of, data }) => ({ of, data: { ...data, counts: copy(data.counts) } }));
  counter.clear();
  return { parts: own };
}

type Bins = HistogramData['counts'];
