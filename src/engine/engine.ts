import type { Counter } from '../counting/counter.js';
import type { Kernel } from '../kernel/kernel.js';
import type { KernelModule } from '../kernel/wasm/web-assembly.js';
import type { Plan } from '../plan/plan.js';

/** A plan that is being drawn and counted, in memory that it has until it gives it back. */
export interface OpenedPlan {
  readonly counter: Counter;
  /** What draws it, for those who look at draws once it has counted. */
  readonly kernel: Kernel;
  /** Draws blocks and counts them: at most `BATCH_BLOCKS`, full but for the last. */
  drawBatch(blocks: readonly number[]): void;
  /** Ends it: what it counted must have been read. */
  giveBack(): void;
}

/** Opens one plan after the other in one thread; memory that one gives back the next goes on with. */
export type OpenPlan = (plan: Plan) => Promise<OpenedPlan>;

/** What draws and counts plans. Engines agree to 1e-5, see `wasmKernel`. */
export interface Engine {
  /** As manifests and a cluster's status call it. */
  readonly name: string;
  /** What another thread makes the same engine from. */
  readonly handle: EngineHandle;
  /** A kernel alone, for those who look at draws. */
  kernel(plan: Plan): Promise<Kernel>;
  /** For one thread, or for one piece of work of it. */
  opener(): OpenPlan;
}

/** An engine as plain data. */
export type EngineHandle =
  | { readonly name: 'reference' }
  | { readonly name: 'wasm-simd'; readonly module: KernelModule };
