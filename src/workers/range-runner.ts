import type { BlockRange } from '../blocks/blocks.js';
import type { Engine } from '../engine/engine.js';
import type { Plan } from '../plan/plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SketchesData } from '../sketch/sketches.js';
import type { SummaryRow } from '../tables/schema.js';

/** Takes what one range counted, which holds until it returns; the runner then goes on. */
export type OnRange = (range: BlockRange, counts: SketchesData) => void;

/** Where ranges of blocks run: the calling thread, worker threads, a cluster. */
export interface RangeRunner {
  /** Threads besides the calling one that are known to serve; 0 when everything runs there. */
  readonly workers: number;
  /** A cluster's workers must have one of the same name. */
  readonly engine: Engine;
  /**
   * Runs the ranges in any order and hands over each one's counts once.
   *
   * @throws BlockError naming the block that fails; the signal's reason, if aborted
   */
  runAll(plan: Plan, ranges: readonly BlockRange[], onRange: OnRange, signal: AbortSignal): Promise<void>;
  /** Runs cells of a sweep whole in one of the threads, together where they share draws; absent without threads. @throws as `runAll` does */
  readonly runCells?: (scenarios: readonly ResolvedScenario[], signal: AbortSignal) => Promise<SummaryRow[][]>;
  close(): Promise<void>;
}
