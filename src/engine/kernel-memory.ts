import { type OpenedMemory, openMemory } from '../kernel/wasm/open-memory.js';
import { STANDING_BYTES } from '../kernel/wasm/standing-tables.js';
import type { KernelModule } from '../kernel/wasm/web-assembly.js';

/**
 * Memory for the kernels of one thread, handed from one plan to the next: fresh pages, and calls that Node has not compiled
 * yet, cost as much as hundreds of thousands of draws.
 */
export class KernelMemory {
  readonly module: KernelModule;
  readonly #free: OpenedMemory[] = [];

  constructor(module: KernelModule) {
    this.module = module;
  }

  /** A memory of at least so many bytes, zeroed behind its standing tables, the caller's alone until it is given back. */
  readonly open = async (bytes: number): Promise<OpenedMemory> => {
    const fits = this.#free.findIndex(({ buffer }) => buffer.byteLength >= bytes);
    // One that is too small makes room for one that is not.
    const [free] = this.#free.splice(Math.max(0, fits), 1);
    return fits >= 0 ? free : openMemory(this.module, bytes);
  };

  /** Takes memory back. @param written bytes from its start that may hold something; behind them all is zero */
  giveBack(memory: OpenedMemory, written: number): void {
    new Uint8Array(memory.buffer, STANDING_BYTES, written - STANDING_BYTES).fill(0);
    this.#free.push(memory);
  }
}
