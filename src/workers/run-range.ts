import { BATCH_BLOCKS } from '../kernel/layout.js';
import { referenceKernel } from '../kernel/reference.js';
import { wasmKernel } from '../kernel/wasm-kernel.js';
import type { KernelModule } from '../kernel/web-assembly.js';
import { type BlockRange, type Plan, samplesInBlock } from '../plan.js';
import type { Sketches, SketchesData } from '../sketch/sketches.js';
import { referenceCounter } from './counter.js';
import { emptySketches } from './empty-sketches.js';
import type { RangeTask } from './messages.js';
import { windowCounter, windowsOf } from './window-counter.js';
import { windowBytes } from './windows.js';

/** Draws a range of blocks of one plan and counts what comes out. */
export type CompiledPlan = (range: BlockRange) => SketchesData;

/** Compiles a plan for one thread, whichever it is. @param module the WebAssembly kernel; none for the reference */
export async function rangeRunner(plan: Plan, module: KernelModule | undefined): Promise<CompiledPlan> {
  const { countBlocks, counter } = await engine(plan, module);
  return ({ firstBlock, blocks, every = 1 }) => {
    for (let done = 0; done < blocks; done += BATCH_BLOCKS) {
      const size = Math.min(BATCH_BLOCKS, blocks - done);
      countBlocks(Array.from({ length: size }, (_, place) => firstBlock + (done + place) * every));
    }
    return counter.take();
  };
}

/** Runs one task by itself: compiles its plan, keeps nothing. */
export async function runRange({ plan, module, range }: RangeTask): Promise<SketchesData> {
  return (await rangeRunner(plan, module))(range);
}

/** What a range counts, merged into sketches of its own. @param module the WebAssembly kernel; none for the reference */
export async function sketchesOf(plan: Plan, range: BlockRange, module?: KernelModule): Promise<Sketches> {
  const draw = await rangeRunner(plan, module);
  const sketches = emptySketches(plan);
  sketches.adopt(draw(range));
  return sketches;
}

/** Runs tasks in one thread: the ranges of one plan come one after the other, so that only the last plan is kept. */
export function lastCompiled(): (task: RangeTask) => Promise<SketchesData> {
  let last: { readonly planNumber: number; readonly runner: Promise<CompiledPlan> } | undefined;
  return async ({ planNumber, plan, module, range }) => {
    if (last?.planNumber !== planNumber) last = { planNumber, runner: rangeRunner(plan, module) };
    const { runner } = last;
    try {
      return (await runner)(range);
    } catch (error) {
      // Its counter may hold part of the range that failed.
      last = undefined;
      throw error;
    }
  };
}

/** Draws and counts the blocks of one batch at a time. */
async function engine(plan: Plan, module: KernelModule | undefined) {
  if (module === undefined) {
    const kernel = await referenceKernel(plan);
    const counter = referenceCounter(plan, kernel);
    const countBlocks = (batch: readonly number[]) => {
      for (const block of batch) {
        const n = samplesInBlock(plan, block);
        kernel.evaluate(block, n);
        counter.count(n);
      }
    };
    return { countBlocks, counter };
  }
  const kernel = await wasmKernel(plan, module, windowBytes(windowsOf(plan)));
  const counter = windowCounter(plan, kernel);
  // Only the last block of a run is not full, so the draws of a batch have no gaps.
  const countBlocks = (batch: readonly number[]) => {
    batch.forEach((block, place) => {
      kernel.evaluate(block, samplesInBlock(plan, block), place);
    });
    counter.count(batch.reduce((sum, block) => sum + samplesInBlock(plan, block), 0));
  };
  return { countBlocks, counter };
}
