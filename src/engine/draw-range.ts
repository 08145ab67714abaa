import type { BlockRange } from '../blocks/blocks.js';
import { handOver } from '../counting/counter.js';
import { emptySketches } from '../counting/empty-sketches.js';
import { BATCH_BLOCKS } from '../kernel/layout.js';
import type { Plan } from '../plan/plan.js';
import type { Sketches, SketchesData } from '../sketch/sketches.js';
import type { Engine, OpenedPlan } from './engine.js';
import { engineOf } from './load-engine.js';
import type { RangeTask } from './messages.js';

/** Draws and counts all blocks of a range. */
export function drawRange({ drawBatch }: Pick<OpenedPlan, 'drawBatch'>, range: BlockRange): void {
  const { firstBlock, blocks, every = 1 } = range;
  for (let done = 0; done < blocks; done += BATCH_BLOCKS) {
    const size = Math.min(BATCH_BLOCKS, blocks - done);
    drawBatch(Array.from({ length: size }, (_, place) => firstBlock + (done + place) * every));
  }
}

/** Draws a range of blocks of one plan and hands over what it counts. */
export type DrawRange = (range: BlockRange) => SketchesData;

/** Compiles a plan for one thread, whichever it is. */
export async function rangeDrawer(plan: Plan, engine: Engine): Promise<DrawRange> {
  const opened = await engine.opener()(plan);
  return (range) => {
    drawRange(opened, range);
    return handOver(opened.counter);
  };
}

/** Runs one task by itself: compiles its plan, keeps nothing. */
export async function runRange({ plan, engine, range }: RangeTask): Promise<SketchesData> {
  return (await rangeDrawer(plan, engineOf(engine)))(range);
}

/** What a range counts, merged into sketches of its own. */
export async function sketchesOf(plan: Plan, range: BlockRange, engine: Engine): Promise<Sketches> {
  const draw = await rangeDrawer(plan, engine);
  const sketches = emptySketches(plan);
  sketches.adopt(draw(range));
  return sketches;
}
