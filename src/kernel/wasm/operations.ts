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
  quantiles(
    words: Address,
    table: Address,
    scale: number,
    shift: number,
    low: number,
    high: number,
    out: Address,
    list: Address,
  ): number;
  lnTable(table: Address): void;
  tokens(x: Address, table: Address, out: Address, lnOut: Address): void;
  affine(x: Address, scale: number, shift: number, n: number, out: Address): void;
  sums(a: Address, b: Address, n: number, out: Address): void;
  differences(a: Address, b: Address, n: number, out: Address): void;
  minima(a: Address, b: Address, n: number, out: Address): void;
  lnSums(a: Address, b: Address, n: number, out: Address): void;
  effectiveTokens(output: Address, lnOutput: Address, input: Address, weight: Address, out: Address): void;
  fittedTps(
    lnInput: Address,
    lnOutput: Address,
    start: number,
    coefInput: number,
    middleInput: number,
    coefOutput: number,
    middleOutput: number,
    lnShortest: number,
    lnCap: number,
    n: number,
    out: Address,
  ): void;
  requestSeconds(
    input: Address,
    output: Address,
    cached: Address,
    a: Address,
    b: Address,
    c: Address,
    w: Address,
    concurrency: Address,
    out: Address,
  ): void;
  outputSeconds(output: Address, none: number, each: number, square: number, out: Address): void;
  outputEnergy(
    lnPue: Address,
    lnPower: Address,
    lnUtilization: Address,
    lnWhPerKj: number,
    output: Address,
    none: number,
    each: number,
    square: number,
    out: Address,
  ): void;
  factors(a: Address, b: Address, c: Address, d: Address, unit: number, out: Address): void;
  outputRate(lnOutput: Address, lnSeconds: Address, out: Address): void;
  countAbove(x: Address, limit: number, times: Address, n: number): number;
  countOutside(
    input: Address,
    output: Address,
    inputLow: number,
    inputHigh: number,
    outputLow: number,
    outputHigh: number,
    times: Address,
    n: number,
  ): number;
  coupledUtilization(lnTps: Address, lnCap: number, base: number, span: number, out: Address): void;
  energy(
    lnPue: Address,
    lnPower: Address,
    lnUtilization: Address,
    lnTokens: Address,
    lnWhPerKj: number,
    lnTps: Address,
    out: Address,
  ): void;
  fittedEnergy(
    lnPue: Address,
    lnPower: Address,
    lnUtilization: Address,
    lnTokens: Address,
    lnWhPerKj: number,
    lnOutput: Address,
    start: number,
    coefOutput: number,
    middleOutput: number,
    lnShortest: number,
    lnCap: number,
    out: Address,
  ): void;
  count(
    x: Address,
    n: number,
    binsPerUnit: number,
    window: Address,
    bytes: Address,
    firstBin: number,
    length: number,
    marks: Address,
    odd: Address,
  ): number;
  countKept(
    x: Address,
    y: Address,
    lowestBin: number,
    highestBin: number,
    n: number,
    window: Address,
    bytes: Address,
    firstBin: number,
    length: number,
    marks: Address,
    oddKept: Address,
    oddOthers: Address,
  ): number;
  countTimes(
    x: Address,
    times: Address,
    n: number,
    window: Address,
    bytes: Address,
    firstBin: number,
    length: number,
    marks: Address,
    odd: Address,
  ): number;
  addBytes(from: Address, to: Address, n: number): number;
  settle(bytes: Address, window: Address, n: number): void;
}

/** One operation of a compiled plan on all draws of a block, in the columns' part that begins `offset` bytes in. */
export type Step = (block: number, offset: number) => void;

/** Whole numbers from 0 on whose logarithms `lnTable` fills in and `tokens` looks up. */
export const LN_TABLE_LENGTH = 32_768;

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
