import { samplesInBlock } from '../blocks/blocks.js';
import { counterBytes, windowCounter, writtenBytes } from '../counting/window-counter.js';
import { wasmKernel } from '../kernel/wasm/wasm-kernel.js';
import type { KernelModule } from '../kernel/wasm/web-assembly.js';
import type { Plan } from '../plan/plan.js';
import type { Engine, OpenedPlan } from './engine.js';
import { KernelMemory } from './kernel-memory.js';

/** The WebAssembly engine. @param module the kernel's, compiled once for all threads */
export function wasmEngine(module: KernelModule): Engine {
  return {
    name: 'wasm-simd',
    handle: { name: 'wasm-simd', module },
    kernel: (plan) => wasmKernel(plan, module),
    opener() {
      const memory = new KernelMemory(module);
      return (plan) => openIn(memory, plan);
    },
  };
}

async function openIn(memory: KernelMemory, plan: Plan): Promise<OpenedPlan> {
  const kernel = await wasmKernel(plan, memory.module, counterBytes(plan), memory.open);
  const counter = windowCounter(plan, kernel);
  return {
    counter,
    kernel,
    drawBatch(blocks) {
      let n = 0;
      blocks.forEach((block, place) => {
        kernel.evaluate(block, samplesInBlock(plan, block), place);
        n += samplesInBlock(plan, block);
      });
      counter.count(n);
    },
    giveBack() {
      counter.clear();
      memory.giveBack(kernel.memory, kernel.room + writtenBytes(plan));
    },
  };
}
