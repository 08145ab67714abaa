import type { BlockRange } from '../blocks/blocks.js';
import type { EngineHandle } from '../engine/engine.js';
import type { RangeTask } from '../engine/messages.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SketchesData } from '../sketch/sketches.js';
import type { RatioPlan } from './paired-ratio.js';

/** What the page asks of a worker: to draw some blocks and count what comes out. */
export type Task = RangeTask | RatioTask;

/** A task on its way. */
export interface Request {
  readonly task: Task;
  /** Memory of counts that the page has read: for those to come. */
  readonly spare: readonly ArrayBuffer[];
}

/** The paired ratio of two sides, as the only output. */
export interface RatioTask {
  readonly ratio: RatioPlan;
  readonly engine: EngineHandle;
  readonly range: BlockRange;
}

/** What the page asks of the worker in the background: whole runs. */
export interface WholeRequest {
  readonly whole: readonly ResolvedScenario[];
  readonly engine: EngineHandle;
}

/** What a worker answers, in the order of its tasks: what it counted, or what is wrong. */
export type Reply = { readonly counted: SketchesData } | { readonly problem: string };

/** Hands tasks to Web Workers, the next one to whichever is done. */
export interface WebWorkers {
  readonly count: number;
  /**
   * @param onCounted must be done with the counts when it returns: their memory goes back to the worker
   * @throws RunError if a task fails; the signal's reason, if aborted
   */
  runAll(tasks: readonly Task[], onCounted: (counted: SketchesData) => void, signal: AbortSignal): Promise<void>;
}
