import { RunError } from '../errors.js';
import { type KernelModule, webAssembly } from '../kernel/wasm/web-assembly.js';
import type { Engine, EngineHandle } from './engine.js';
import { REFERENCE_ENGINE } from './reference-engine.js';
import { wasmEngine } from './wasm-engine.js';

/** Which kernel to use: by name, or a compiled module (or its bytes), as a browser that fetched it passes. */
export type KernelChoice = 'auto' | 'wasm' | 'reference' | KernelModule | Uint8Array<ArrayBuffer>;

/** The names that a command line takes. */
export const KERNEL_NAMES = ['auto', 'wasm', 'reference'] as const;

export type KernelName = (typeof KERNEL_NAMES)[number];

/** The engine that a handle stands for. */
export function engineOf(handle: EngineHandle): Engine {
  return handle.name === 'reference' ? REFERENCE_ENGINE : wasmEngine(handle.module);
}

/**
 * The engine of a kernel. `auto` takes WebAssembly where the platform has its SIMD and the module's file can be read, which
 * needs Node; the TypeScript reference where not.
 *
 * @throws RunError if `wasm` is asked for and cannot be had
 */
export async function loadEngine(choice: KernelChoice = 'auto'): Promise<Engine> {
  const module = await loadKernel(choice);
  return module ? wasmEngine(module) : REFERENCE_ENGINE;
}

/** The compiled WebAssembly kernel of a choice, or undefined for the TypeScript reference; as `loadEngine`. */
export async function loadKernel(choice: KernelChoice = 'auto'): Promise<KernelModule | undefined> {
  if (choice === 'reference') return undefined;
  if (choice === 'auto') return compiled(await readModule().catch(() => undefined));
  if (choice !== 'wasm' && !(choice instanceof Uint8Array)) return choice;
  const module = await compiled(choice === 'wasm' ? await readModule().catch(fail) : choice);
  return module ?? fail('this platform has no WebAssembly SIMD');
}

async function compiled(bytes: Uint8Array<ArrayBuffer> | undefined): Promise<KernelModule | undefined> {
  const api = webAssembly();
  return bytes && api?.validate(bytes) ? api.compile(bytes) : undefined;
}

async function readModule(): Promise<Uint8Array<ArrayBuffer>> {
  // By a variable, so that bundlers for browsers do not look for it.
  const files = 'node:fs/promises';
  const { readFile }: typeof import('node:fs/promises') = await import(files);
  return Uint8Array.from(await readFile(new URL('../kernel/kernel.wasm', import.meta.url)));
}

function fail(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new RunError(`the WebAssembly kernel cannot be used: ${reason}; run with --kernel reference`, { cause });
}
