import type { BlockRange } from '../blocks/blocks.js';
import type { Plan } from '../plan/plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SketchesData } from '../sketch/sketches.js';
import type { EngineHandle } from './engine.js';

/** What a thread is asked: draw these blocks of this plan. */
export interface RangeTask {
  /** Number of the plan in its pool: a thread compiles a plan once for all its ranges. */
  readonly planNumber: number;
  readonly plan: Plan;
  /** Made once and shared by all threads. */
  readonly engine: EngineHandle;
  readonly range: BlockRange;
}

/** The same with memory that an earlier answer came in, for this one's. */
export interface ThreadTask extends RangeTask {
  readonly spare: readonly ArrayBuffer[];
}

/** What it answers. Plain data; the histograms' memory is handed over, not copied. */
export type RangeResult = SketchesData;

/** What a thread is asked in a sweep: whole cells. */
export interface CellsTask {
  readonly scenarios: readonly ResolvedScenario[];
  /** As in RangeTask. */
  readonly engine: EngineHandle;
}

/** What a thread is asked by `analyze` and `compare`. */
export interface JobTask {
  /** Name of the job, see job-list.ts. */
  readonly job: string;
  readonly task: object;
  /** One number, shared with the calling thread, that the draws made are added to. */
  readonly drawn: BigInt64Array<SharedArrayBuffer>;
}
