import { CONSTANTS_BYTES, openOperations } from '../kernel/operations.js';
import type { KernelModule } from '../kernel/web-assembly.js';

type Opened = Awaited<ReturnType<typeof openOperations>>;

/**
 * Memory for the kernels of one thread, handed from one plan to the next: fresh pages, and calls that Node has not compiled
 * yet, cost as much as hundreds of thousands of draws.
 */
export class KernelMemory {
  readonly module: KernelModule;
  readonly #free: Opened[] = [];

  constructor(module: KernelModule) {
    this.module = module;
  }

  /** The operations over a zeroed memory of at least so many bytes, the caller's alone until it is given back. */
  readonly open = async (bytes: number): Promise<Opened> => {
    const fits = this.#free.findIndex(({ buffer }) => buffer.byteLength >= bytes);
    // One that is too small makes room for one that is not.
    const [free] = this.#free.splice(Math.max(0, fits), 1);
    return fits >= 0 ? free : openOperations(this.module, bytes);
  };

  /** Takes memory back. @param written bytes from its start that may hold something; behind them all is zero */
  giveBack({ operations, buffer }: Opened, written: number): void {
    new Uint8Array(buffer, CONSTANTS_BYTES, written - CONSTANTS_BYTES).fill(0);
    this.#free.push({ operations, buffer });
  }
}
