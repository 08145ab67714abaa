import { windowsOf } from '../counting/window-counter.js';
import { marksBytes } from '../counting/windows.js';
import type { KernelModule } from '../kernel/wasm/web-assembly.js';
import type { Plan } from '../plan/plan.js';
import { KernelMemory } from './kernel-memory.js';
import { type Engine, referenceEngine, wasmEngine } from './run-range.js';

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
