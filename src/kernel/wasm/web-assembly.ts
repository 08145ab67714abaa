/** A compiled WebAssembly module, a `WebAssembly.Module`; it may be handed to other threads. */
export type KernelModule = object;

/** The part of the standard `WebAssembly` object that is used here: browsers and Node have it, ECMAScript's types do not. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  compile(bytes: Uint8Array<ArrayBuffer>): Promise<KernelModule>;
  instantiate(module: KernelModule, imports: object): Promise<{ readonly exports: unknown }>;
  readonly Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
}

/** Undefined where the platform has none. */
export function webAssembly(): WebAssemblyApi | undefined {
  return (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
}
