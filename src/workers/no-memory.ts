import type { Engine } from '../engine/engine.js';
import { RunError } from '../errors.js';
import { webAssembly } from '../kernel/wasm/web-assembly.js';

/** What V8 says where the system gives no memory to a WebAssembly module (between threads, errors keep their message alone). */
const REFUSED = /WebAssembly\.Memory\(\): could not allocate|WebAssembly\.instantiate\(\).*(?:Out of memory|allocate)/i;

/**
 * What to do where the WebAssembly kernel cannot have its memory, which no other thread or smaller range will mend; undefined for
 * any other cause. V8 reserves 10 GB of addresses for each memory, so that it need not check bounds, and uses the few MB that it needs.
 */
export function noMemoryError(cause: unknown): RunError | undefined {
  if (!(cause instanceof Error) || !REFUSED.test(cause.message)) return undefined;
  const what =
    'the WebAssembly kernel cannot have its memory: each thread reserves 10 GB of addresses, and uses few of them';
  const why = 'this process may not (ulimit -v), or the machine has none left';
  return new RunError(`${what}; ${why}. Raise the limit (ulimit -v unlimited), or run with --kernel reference`, {
    cause,
  });
}

/**
 * Tries whether a WebAssembly engine can have a memory at all, before threads are started: where addresses are short, Node ends
 * the whole process with the first thread that it cannot start.
 *
 * @throws RunError as above
 */
export function requireMemory({ handle }: Engine): void {
  const api = webAssembly();
  if (api === undefined || handle.name === 'reference') return;
  try {
    new api.Memory({ initial: 1, maximum: 1 });
  } catch (cause) {
    throw noMemoryError(cause) ?? cause;
  }
}
