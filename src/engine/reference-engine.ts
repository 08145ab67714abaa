import { samplesInBlock } from '../blocks/blocks.js';
import { referenceCounter } from '../counting/reference-counter.js';
import { referenceKernel } from '../kernel/reference/reference.js';
import type { Plan } from '../plan/plan.js';
import type { Engine, OpenedPlan } from './engine.js';

/** The scalar TypeScript engine. */
export const REFERENCE_ENGINE: Engine = {
  name: 'reference',
  handle: { name: 'reference' },
  kernel: referenceKernel,
  opener: () => openReference,
};

async function openReference(plan: Plan): Promise<OpenedPlan> {
  const kernel = await referenceKernel(plan);
  const counter = referenceCounter(plan, kernel);
  return {
    counter,
    kernel,
    drawBatch(blocks) {
      for (const block of blocks) {
        const n = samplesInBlock(plan, block);
        kernel.evaluate(block, n);
        counter.count(n);
      }
    },
    giveBack() {},
  };
}
