import type { Kernel } from '../kernel/kernel.js';
import { referenceKernel } from '../kernel/reference.js';
import { samplesInBlock } from '../plan.js';
import { Sketches } from '../sketch/sketches.js';
import type { RangeTask } from './messages.js';
import { observe } from './observe.js';

/** Draws a range of blocks and counts what comes out. The same function runs in every thread and in the calling one. */
export async function runRange({ plan, range }: RangeTask): Promise<Sketches> {
  const kernel = await referenceKernel(plan);
  const sketches = new Sketches(plan.outputs.length, plan.cells.length, () => new Uint32Array(0));
  for (let block = range.firstBlock; block < range.firstBlock + range.blocks; block++) {
    runBlock(kernel, plan, block, sketches);
  }
  return sketches;
}

function runBlock(kernel: Kernel, plan: RangeTask['plan'], block: number, sketches: Sketches): void {
  const n = samplesInBlock(plan, block);
  kernel.evaluate(block, n);
  observe(plan, kernel.layout, n, sketches);
}
