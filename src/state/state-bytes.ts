import { createHash } from 'node:crypto';
import { BytesError } from '../sketch/byte-reader.js';
import { decodeSketches, encodeSketches } from '../sketch/codec.js';
import type { Sketches, SketchesData } from '../sketch/sketches.js';

// The one serialisation behind checkpoints, shards and the queue's results (this file needs Node for SHA-256):
//
//   8 bytes   magic "TJSTATE\n"
//   4         format version, little-endian as all numbers
//   4         bytes of the header
//   ...       header, JSON in UTF-8: whose counts these are, see header.ts
//   ...       counts, see sketch/codec.ts
//   32        SHA-256 of all before it

const MAGIC = Buffer.from('TJSTATE\n');
export const STATE_VERSION = 2;
const PREFIX = 16;
const HASH = 32;

/** Bytes of a state that are read at all: 256 MiB, twenty times what the paper's scenarios need at 10^12 samples. */
export const MAX_STATE_BYTES = 2 ** 28;

/** A header as read, before anything in it is trusted. */
export interface RawState {
  readonly header: unknown;
  /** @throws BytesError unless these are the counts of so many histograms */
  sketches(histograms: number): SketchesData;
}

/** Equal headers and counts give equal bytes. */
export function encodeState(header: object, sketches: Sketches): Uint8Array {
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(PREFIX);
  prefix.set(MAGIC);
  prefix.writeUInt32LE(STATE_VERSION, 8);
  prefix.writeUInt32LE(text.length, 12);
  const parts = [prefix, text, encodeSketches(sketches)];
  return Buffer.concat([...parts, hashOf(parts)]);
}

/**
 * Checks size, magic, version and checksum, and parses the header.
 *
 * @throws BytesError saying which of them is wrong
 */
export function decodeState(bytes: Uint8Array): RawState {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length > MAX_STATE_BYTES) throw new BytesError(`is larger than the ${MAX_STATE_BYTES} bytes that are read`);
  if (!all.subarray(0, MAGIC.length).equals(MAGIC)) throw new BytesError('is no saved state of tokenjoule');
  if (all.length < PREFIX + HASH) throw new BytesError('is cut short');
  const version = all.readUInt32LE(8);
  if (version !== STATE_VERSION) throw new BytesError(`has format version ${version}; this one reads ${STATE_VERSION}`);
  const end = all.length - HASH;
  if (!hashOf([all.subarray(0, end)]).equals(all.subarray(end))) throw new BytesError('does not match its checksum');
  const counts = PREFIX + all.readUInt32LE(12);
  if (counts > end) throw new BytesError('is cut short');
  return {
    header: parseHeader(all.subarray(PREFIX, counts)),
    sketches: (histograms) => decodeSketches(all.subarray(counts, end), histograms),
  };
}

function parseHeader(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new BytesError('has a header that is no JSON');
  }
}

function hashOf(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
