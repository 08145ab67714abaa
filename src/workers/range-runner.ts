import type { BlockRange } from '../blocks/blocks.js';
import type { KernelModule } from '../kernel/wasm/web-assembly.js';
import type { Plan } from '../plan/plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SketchesData } from '../sketch/sketches.js';
import type { SummaryRow } from '../tables/schema.js';

/** Takes what one range counted; the runner goes on when it has returned. */
export type OnRange = (range: BlockRange, counts: SketchesData) => void;

/** Where ranges of blocks run: the calling thread, worker threads, a cluster. */
export interface RangeRunner {
  /** Threads besides the calling one that are known to serve; 0 when everything runs there. */
  readonly workers: number;
  /** The WebAssembly kernel of this process; undefined for the reference. A cluster's workers must have the same. */
  readonly module: KernelModule | undefined;
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
