import type { Kernel } from '../kernel/kernel.js';
import { referenceKernel } from '../kernel/reference/reference.js';
import { wasmKernel } from '../kernel/wasm/wasm-kernel.js';
import type { KernelModule } from '../kernel/wasm/web-assembly.js';
import type { Plan } from '../plan/plan.js';

/** A plan's kernel. @param module the WebAssembly kernel; undefined for the reference */
export function kernelOf(plan: Plan, module: KernelModule | undefined): Promise<Kernel> {
  return module ? wasmKernel(plan, module) : referenceKernel(plan);
}
