import type { Plan } from '../../plan/plan.js';
import type { Address } from './operations.js';

/** Bytes of the longest record. */
const LONGEST = 32;

/** Records that a node needs at most: as a column, spread over a tally, and counted. */
const OF_NODE = 4;

/** Bytes that the records of a plan take at most. */
export function recordsBytes({ nodes, counted }: Plan): number {
  const sources = nodes.map((node) => (node.kind === 'draw' ? (node.correlated?.length ?? 0) : 0));
  const members = counted.map((what) => (what.kind === 'pool' ? what.members.length : 0));
  const edges = nodes.map((node) => (node.kind === 'offHull' ? node.hull.length : 0));
  const more = [...sources, ...members, ...edges].reduce((sum, count) => sum + count, 0);
  return LONGEST * (OF_NODE * nodes.length + more);
}

/** Hands out room for records in a kernel's memory: operations take what they need to know by one address. */
export class Records {
  readonly #buffer: ArrayBuffer;
  #next: Address;

  /** @param start where they begin, a multiple of 4 */
  constructor(buffer: ArrayBuffer, start: Address) {
    this.#buffer = buffer;
    this.#next = start;
  }

  /** Single precision numbers. */
  singles(numbers: readonly number[]): Address {
    const record = new Float32Array(this.#buffer, this.#next, numbers.length);
    record.set(numbers);
    this.#next += record.byteLength;
    return record.byteOffset;
  }

  /** Addresses, then single precision numbers. */
  addresses(addresses: readonly Address[], ...numbers: readonly number[]): Address {
    const record = new Uint32Array(this.#buffer, this.#next, addresses.length);
    record.set(addresses);
    this.#next += record.byteLength;
    this.singles(numbers);
    return record.byteOffset;
  }
}
