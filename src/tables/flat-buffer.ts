import { BytesError } from '../sketch/byte-reader.js';

// What of FlatBuffers ("FlatBuffer Internals" of its documentation) the metadata of Arrow files needs: tables, vectors, texts and
// numbers, each within the bytes there are. Generated readers ask past the end for zeros, and count there as long as they are told to.

const OFFSET_BYTES = 4;
const VTABLE_HEAD_BYTES = 4;

/** Elements of a vector, one after the other from `at` on. */
export interface FlatVector {
  readonly at: number;
  readonly length: number;
}

/** One buffer. Vectors and texts that overlap one another would let a small one ask for endless work: none does where each is met once. */
export class FlatBuffer {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #unread: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#unread = bytes.byteLength;
  }

  root(): FlatTable {
    return this.tableAt(0);
  }

  /** The table that the offset at `place` leads to. */
  tableAt(place: number): FlatTable {
    return new FlatTable(this, place + this.uint32(place));
  }

  /** The vector of elements of `width` bytes that the offset at `place` leads to. */
  vectorAt(place: number, width: number): FlatVector {
    const at = place + this.uint32(place);
    const length = this.uint32(at);
    const end = at + OFFSET_BYTES + length * width;
    this.#unread -= length * width;
    if (end > this.#view.byteLength || this.#unread < 0) throw new BytesError('its metadata has a list beyond its end');
    return { at: at + OFFSET_BYTES, length };
  }

  text({ at, length }: FlatVector): string {
    return new TextDecoder().decode(this.#bytes.subarray(at, at + length));
  }

  uint8(at: number): number {
    return this.#within(() => this.#view.getUint8(at));
  }

  int16(at: number): number {
    return this.#within(() => this.#view.getInt16(at, true));
  }

  int32(at: number): number {
    return this.#within(() => this.#view.getInt32(at, true));
  }

  uint32(at: number): number {
    return this.#within(() => this.#view.getUint32(at, true));
  }

  /** A length or place: a whole number that is not negative. */
  size(at: number): number {
    const value = Number(this.#within(() => this.#view.getBigInt64(at, true)));
    if (value < 0 || !Number.isSafeInteger(value)) throw new BytesError(`its metadata has a size of ${value}`);
    return value;
  }

  #within<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof RangeError) throw new BytesError('its metadata leads beyond its end');
      throw error;
    }
  }
}

/** One table; a field is asked for by its position in the schema. */
export class FlatTable {
  readonly buffer: FlatBuffer;
  readonly #at: number;

  constructor(buffer: FlatBuffer, at: number) {
    this.buffer = buffer;
    this.#at = at;
  }

  /** Where a field's value is; undefined for a field left at its default. */
  place(field: number): number | undefined {
    const vtable = this.#at - this.buffer.int32(this.#at);
    const slot = VTABLE_HEAD_BYTES + 2 * field;
    if (slot + 2 > this.buffer.int16(vtable)) return undefined;
    const offset = this.buffer.int16(vtable + slot);
    return offset === 0 ? undefined : this.#at + offset;
  }

  uint8(field: number): number {
    const place = this.place(field);
    return place === undefined ? 0 : this.buffer.uint8(place);
  }

  int16(field: number): number {
    const place = this.place(field);
    return place === undefined ? 0 : this.buffer.int16(place);
  }

  int32(field: number): number {
    const place = this.place(field);
    return place === undefined ? 0 : this.buffer.int32(place);
  }

  size(field: number): number {
    const place = this.place(field);
    return place === undefined ? 0 : this.buffer.size(place);
  }

  table(field: number): FlatTable | undefined {
    const place = this.place(field);
    return place === undefined ? undefined : this.buffer.tableAt(place);
  }

  /** @throws BytesError for a table left out */
  needed(field: number, what: string): FlatTable {
    const table = this.table(field);
    if (table === undefined) throw new BytesError(`its metadata lacks ${what}`);
    return table;
  }

  /** A vector; empty where it is left out. */
  vector(field: number, width: number): FlatVector {
    const place = this.place(field);
    return place === undefined ? { at: 0, length: 0 } : this.buffer.vectorAt(place, width);
  }

  text(field: number): string {
    return this.buffer.text(this.vector(field, 1));
  }

  /** A vector of tables. */
  tables(field: number): FlatTable[] {
    const { at, length } = this.vector(field, OFFSET_BYTES);
    return Array.from({ length }, (_, i) => this.buffer.tableAt(at + i * OFFSET_BYTES));
  }
}
