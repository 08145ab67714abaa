import type { KernelModule } from '../kernel/web-assembly.js';
import type { Plan } from '../plan.js';
import { KernelMemory } from './kernel-memory.js';
import { type Engine, referenceEngine, wasmEngine } from './run-range.js';
import { windowsOf } from './window-counter.js';
import { marksBytes } from './windows.js';

/** An engine whose counts are read where they are, until it is given back. */
export interface Borrowed extends Engine {
  giveBack(): void;
}

/** An engine for a plan. */
export type Borrow = (plan: Plan) => Promise<Borrowed>;

/** Engines for one plan after the other, whose memory one hands on to the next. @param module none for the reference */
export function borrowedEngines(module: KernelModule | undefined): Borrow {
  return module ? kernelsIn(new KernelMemory(module)) : unshared;
}

async function unshared(plan: Plan): Promise<Borrowed> {
  return { ...(await referenceEngine(plan)), giveBack() {} };
}

function kernelsIn(memory: KernelMemory): Borrow {
  return async (plan) => {
    const engine = await wasmEngine(plan, memory.module, memory.open);
    const { kernel, counter } = engine;
    const giveBack = () => {
      counter.clear();
      memory.giveBack(kernel.memory, kernel.room + marksBytes(windowsOf(plan)));
    };
    return { ...engine, giveBack };
  };
}
