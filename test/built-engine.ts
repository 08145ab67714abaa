import { readFile } from 'node:fs/promises';
import type { Engine } from '../src/engine/engine.js';
import { loadEngine } from '../src/engine/load-engine.js';

/** The built WebAssembly kernel. */
export async function builtKernel(): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(new URL('../dist/kernel/kernel.wasm', import.meta.url)));
}

/** The engine of the built WebAssembly kernel. */
export async function builtEngine(): Promise<Engine> {
  return loadEngine(await builtKernel());
}
