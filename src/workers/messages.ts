import type { BlockRange, Plan } from '../plan.js';
import type { SketchesData } from '../sketch/sketches.js';

/** What a thread is asked: draw these blocks of this plan. */
export interface RangeTask {
  readonly plan: Plan;
  readonly range: BlockRange;
}

/** What it answers. Plain data; the histograms' memory is handed over, not copied. */
export type RangeResult = SketchesData;
