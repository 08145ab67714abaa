/** Bytes that are not what they should be, e.g. cut short or made up. */
export class BytesError extends Error {
  override readonly name = 'BytesError';
}

/** Reads what `ByteWriter` writes and trusts nothing. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws BytesError past the end, or for a number above 2^53 - 1 */
  varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 0x80) {
      if (this.#position >= this.#bytes.length) throw new BytesError('the bytes end within a number');
      const byte = this.#bytes[this.#position++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80 && value <= Number.MAX_SAFE_INTEGER) return value;
    }
    throw new BytesError('a number is above 2^53 - 1');
  }

  /** @throws BytesError past the end */
  float64(): number {
    const { buffer, byteOffset, length } = this.#bytes;
    if (this.#position + 8 > length) throw new BytesError('the bytes end within a number');
    const value = new DataView(buffer, byteOffset, length).getFloat64(this.#position, true);
    this.#position += 8;
    return value;
  }

  /** @throws BytesError if bytes are left */
  end(): void {
    if (this.#position !== this.#bytes.length) throw new BytesError('bytes follow after the end');
  }
}
