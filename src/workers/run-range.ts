import { referenceKernel } from '../kernel/reference.js';
import { wasmKernel } from '../kernel/wasm-kernel.js';
import type { KernelModule } from '../kernel/web-assembly.js';
import { type BlockRange, type Plan, samplesInBlock } from '../plan.js';
import { Sketches, type SketchesData } from '../sketch/sketches.js';
import { referenceCounter } from './counter.js';
import type { RangeTask } from './messages.js';
import { windowCounter, windowsOf } from './window-counter.js';
import { windowBytes } from './windows.js';

/** Draws a range of blocks of one plan and counts what comes out. */
export type RangeRunner = (range: BlockRange) => SketchesData;

/** Compiles a plan for one thread, whichever it is. @param module the WebAssembly kernel; none for the reference */
export async function rangeRunner(plan: Plan, module: KernelModule | undefined): Promise<RangeRunner> {
  const { kernel, counter } = await engine(plan, module);
  return ({ firstBlock, blocks, every = 1 }) => {
    for (let block = firstBlock; block < firstBlock + blocks * every; block += every) {
      const n = samplesInBlock(plan, block);
      kernel.evaluate(block, n);
      counter.count(n);
    }
    return counter.take();
  };
}

/** Draws one range in the calling thread. @param module the WebAssembly kernel; none for the reference */
export async function runRange(plan: Plan, range: BlockRange, module?: KernelModule): Promise<Sketches> {
  const draw = await rangeRunner(plan, module);
  const sketches = new Sketches(plan.outputs.length, plan.cells.length, () => new Float64Array(0));
  sketches.merge(draw(range));
  return sketches;
}

/** Runners by task, for one thread: the ranges of one plan come one after the other, so that only the last plan is kept. */
export function lastCompiled(): (task: RangeTask) => Promise<RangeRunner> {
  let last: { readonly planNumber: number; readonly runner: Promise<RangeRunner> } | undefined;
  return ({ planNumber, plan, module }) => {
    if (last?.planNumber !== planNumber) last = { planNumber, runner: rangeRunner(plan, module) };
    return last.runner;
  };
}

async function engine(plan: Plan, module: KernelModule | undefined) {
  if (module === undefined) {
    const kernel = await referenceKernel(plan);
    return { kernel, counter: referenceCounter(plan, kernel) };
  }
  const kernel = await wasmKernel(plan, module, windowBytes(windowsOf(plan)));
  return { kernel, counter: windowCounter(plan, kernel) };
}
