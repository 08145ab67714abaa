import { type BlockRange, samplesInBlock } from '../blocks/blocks.js';
import { type Counter, referenceCounter, taken } from '../counting/counter.js';
import { emptySketches } from '../counting/empty-sketches.js';
import { windowCounter, windowsOf } from '../counting/window-counter.js';
import { windowBytes } from '../counting/windows.js';
import { BATCH_BLOCKS } from '../kernel/layout.js';
import { referenceKernel } from '../kernel/reference/reference.js';
import { type WasmKernel, wasmKernel } from '../kernel/wasm/wasm-kernel.js';
import type { KernelModule } from '../kernel/wasm/web-assembly.js';
import type { Plan } from '../plan/plan.js';
import type { Sketches, SketchesData } from '../sketch/sketches.js';
import type { KernelMemory } from './kernel-memory.js';
import type { RangeTask } from './messages.js';

/** Draws a range of blocks of one plan and counts what comes out. */
export type CompiledPlan = (range: BlockRange) => SketchesData;

/** Compiles a plan for one thread, whichever it is. @param module the WebAssembly kernel; none for the reference */
export async function rangeRunner(plan: Plan, module: KernelModule | undefined): Promise<CompiledPlan> {
  const engine = module ? await wasmEngine(plan, module) : await referenceEngine(plan);
  return (range) => {
    drawRange(engine, range);
    return taken(engine.counter);
  };
}

/** What draws a plan's blocks and counts them. */
export interface Engine {
  readonly counter: Counter;
  /** Draws blocks and counts them: at most `BATCH_BLOCKS`, full but for the last. */
  drawBatch(blocks: readonly number[]): void;
}

/** The scalar TypeScript engine. */
export async function referenceEngine(plan: Plan): Promise<Engine> {
  const kernel = await referenceKernel(plan);
  const counter = referenceCounter(plan, kernel);
  return {
    counter,
    drawBatch(blocks) {
      for (const block of blocks) {
        const n = samplesInBlock(plan, block);
        kernel.evaluate(block, n);
        counter.count(n);
      }
    },
  };
}

/** An engine with its kernel, whose memory others may go on with. */
export interface WasmEngine extends Engine {
  readonly kernel: WasmKernel;
}

/** The WebAssembly engine. @param open where its memory comes from: its own, if not said otherwise */
export async function wasmEngine(plan: Plan, module: KernelModule, open?: KernelMemory['open']): Promise<WasmEngine> {
  const kernel = await wasmKernel(plan, module, windowBytes(windowsOf(plan)), open);
  const counter = windowCounter(plan, kernel);
  return {
    kernel,
    counter,
    drawBatch(blocks) {
      let n = 0;
      blocks.forEach((block, place) => {
        kernel.evaluate(block, samplesInBlock(plan, block), place);
        n += samplesInBlock(plan, block);
      });
      counter.count(n);
    },
  };
}

/** Draws and counts all blocks of a range. */
export function drawRange(engine: Engine, { firstBlock, blocks, every = 1 }: BlockRange): void {
  for (let done = 0; done < blocks; done += BATCH_BLOCKS) {
    const size = Math.min(BATCH_BLOCKS, blocks - done);
    engine.drawBatch(Array.from({ length: size }, (_, place) => firstBlock + (done + place) * every));
  }
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
