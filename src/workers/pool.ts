import type { BlockRange } from '../blocks/blocks.js';
import { emptySketches } from '../counting/empty-sketches.js';
import type { Engine } from '../engine/engine.js';
import type { Plan } from '../plan/plan.js';
import { rangesOf } from '../plan/ranges.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Sketches, SketchesData } from '../sketch/sketches.js';
import type { SummaryRow } from '../tables/schema.js';
import type { RangeRunner } from './range-runner.js';

/** Called after each range of blocks with the samples drawn so far in this plan. */
export type OnSamples = (samples: number) => void;

/** Called with what each range of blocks counted, in any order; the counts hold until it returns. */
export type OnCounted = (range: BlockRange, counted: SketchesData) => void;

/** Runs plans, in worker threads or in the calling one. */
export interface Pool {
  /** Threads besides the calling one; 0 when everything runs there. */
  readonly workers: number;
  readonly engine: Engine;
  /**
   * Draws all samples of a plan and merges what the ranges count; the result does not depend on the number of workers.
   *
   * @throws BlockError naming the block, if one fails twice; the signal's reason, if aborted
   */
  run(plan: Plan, onSamples: OnSamples, signal: AbortSignal, onCounted?: OnCounted): Promise<Sketches>;
  /** Runs cells of a sweep whole in one of the threads, together where they share draws; absent without threads. @throws as `run` does */
  readonly runCells?: (scenarios: readonly ResolvedScenario[], signal: AbortSignal) => Promise<SummaryRow[][]>;
  close(): Promise<void>;
}

/**
 * A pool that merges whatever its ranges count.
 *
 * @param within only these blocks are drawn; all of them if not given
 */
export function poolOn(runner: RangeRunner, within?: BlockRange): Pool {
  const { workers, engine, runCells } = runner;
  return {
    workers,
    engine,
    ...(runCells && { runCells }),
    close: () => runner.close(),
    async run(plan, onSamples, signal, onCounted) {
      const merged = emptySketches(plan);
      let blocks = 0;
      const merge: OnCounted = (range, counted) => {
        onCounted?.(range, counted);
        merged.merge(counted);
        blocks += range.blocks;
        onSamples(Math.min(plan.samples, blocks * BLOCK_SIZE));
      };
      await runner.runAll(plan, rangesOf(plan, workers, within), merge, signal);
      return merged;
    },
  };
}
