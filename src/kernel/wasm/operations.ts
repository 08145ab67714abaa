import { type KernelModule, webAssembly } from './web-assembly.js';

/** Byte offset of a column, list or window in the kernel's memory. */
export type Address = number;

/**
 * What the WebAssembly module does (src/kernel/assembly): each one operation, column to column, on the 1024 draws of a
 * block or on the first `n` of a batch.
 * Meanings and results stand at the functions there; the order of arguments is theirs.
 */
export interface Operations {
  words(k0: number, k1: number, blockLow: number, blockHigh: number, out: Address, scratch: Address): void;
  scoreWords(scores: Address, words: Address): void;
  scramble(words: Address, base: number, first: number, second: number): void;
  quantiles(words: Address, table: Address, drawing: Address, out: Address, list: Address): number;
  lnTable(table: Address): void;
  tokens(x: Address, table: Address, out: Address, lnOut: Address): void;
  affine(x: Address, scale: number, shift: number, n: number, out: Address): void;
  sums(a: Address, b: Address, n: number, out: Address): void;
  differences(a: Address, b: Address, n: number, out: Address): void;
  minima(a: Address, b: Address, n: number, out: Address): void;
  lnSums(a: Address, b: Address, n: number, out: Address): void;
  effectiveTokens(output: Address, lnOutput: Address, input: Address, weight: Address, out: Address): void;
  fittedTps(fit: Address, lnInput: Address, lnOutput: Address, n: number, out: Address): void;
  requestSeconds(columns: Address, offset: number, out: Address): void;
  outputSeconds(output: Address, seconds: Address, out: Address): void;
  outputEnergy(factors: Address, offset: number, seconds: Address, out: Address): void;
  factors(factors: Address, offset: number, out: Address): void;
  outputRate(lnOutput: Address, lnSeconds: Address, out: Address): void;
  countAbove(x: Address, limit: number, times: Address, n: number): number;
  countOutside(input: Address, output: Address, bounds: Address, times: Address, n: number): number;
  coupledUtilization(lnTps: Address, lnCap: number, base: number, span: number, out: Address): void;
  energy(factors: Address, offset: number, lnTps: Address, out: Address): void;
  fittedEnergy(factors: Address, offset: number, fit: Address, lnOutput: Address, out: Address): void;
  count(x: Address, n: number, binsPerUnit: number, window: Address, odd: Address): number;
  countKept(x: Address, y: Address, n: number, trim: Address, windows: Address): void;
  countTimes(x: Address, times: Address, n: number, window: Address, odd: Address): number;
  addBytes(from: Address, to: Address, n: number): number;
  settle(bytes: Address, window: Address, n: number): void;
}

/** One operation of a compiled plan on all draws of a block, in the columns' part that begins `offset` bytes in. */
export type Step = (block: number, offset: number) => void;

/** The module keeps its constants below this address. */
export const CONSTANTS_BYTES = 4096;

const PAGE_BYTES = 65_536;

/** The operations over a zeroed memory of at least so many bytes. Pages that are never touched cost nothing. */
export async function openOperations(
  module: KernelModule,
  bytes: number,
): Promise<{ operations: Operations; buffer: ArrayBuffer }> {
  const api = webAssembly();
  if (api === undefined) throw new RangeError('a WebAssembly kernel was asked for where there is no WebAssembly');
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const memory = new api.Memory({ initial: pages, maximum: pages });
  const instance = await api.instantiate(module, { env: { memory } });
  return { operations: instance.exports as Operations, buffer: memory.buffer };
}
