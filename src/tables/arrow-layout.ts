import { BytesError } from '../sketch/byte-reader.js';
import { FlatBuffer, type FlatTable } from './flat-buffer.js';

// Where in an Arrow IPC file what is (Arrow columnar format: File.fbs, Message.fbs and Schema.fbs; numbers are the positions of
// fields there). Nothing is taken on trust: each place and length is within the file.

/** What a column is made of: numbers of 8 bytes, texts, or places in a dictionary of texts. */
export type ColumnLayout =
  | { readonly name: string; readonly kind: 'number'; readonly nullable: boolean }
  | { readonly name: string; readonly kind: 'text' }
  | { readonly name: string; readonly kind: 'dictionary'; readonly id: number };

/** Columns, and the places of the messages that carry dictionaries and rows. */
export interface FileLayout {
  readonly columns: readonly ColumnLayout[];
  readonly dictionaries: readonly Message[];
  readonly batches: readonly Message[];
}

/** A message's header and what follows it. */
export interface Message {
  readonly header: FlatTable;
  readonly body: Uint8Array;
}

/** Bytes of a file after its footer: the footer's length and the magic "ARROW1". */
const TAIL_BYTES = 10;
const BLOCK_BYTES = 24;
const [FOOTER_VERSION, FOOTER_SCHEMA, FOOTER_DICTIONARIES, FOOTER_BATCHES] = [0, 1, 2, 3];
const [SCHEMA_ENDIANNESS, SCHEMA_FIELDS, SCHEMA_METADATA] = [0, 1, 2];
const [FIELD_NAME, FIELD_NULLABLE, FIELD_TYPE_KIND, FIELD_TYPE, FIELD_DICTIONARY, FIELD_CHILDREN, FIELD_METADATA] = [
  0, 1, 2, 3, 4, 5, 6,
];
const [MESSAGE_VERSION, MESSAGE_KIND, MESSAGE_HEADER, MESSAGE_BODY_BYTES, MESSAGE_METADATA] = [0, 1, 2, 3, 4];
/** `MetadataVersion`: older ones lay buffers out otherwise. */
const V4 = 3;
/** `Type` and `MessageHeader`. */
const [INT, FLOATING_POINT, UTF8] = [2, 3, 5];
const [DICTIONARY_BATCH, RECORD_BATCH] = [2, 3];
const DOUBLE = 2;
/** Stands before a message's length since Arrow 0.15. */
const CONTINUATION = -1;
const MESSAGE_PREFIX_BYTES = 8;

/** @throws BytesError for a layout that apache-arrow would stumble over, or that tokenjoule does not write */
export function layoutOf(bytes: Uint8Array): FileLayout {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(
    bytes.length - TAIL_BYTES,
    true,
  );
  const start = bytes.length - TAIL_BYTES - length;
  if (length <= 0 || start < 0) throw new BytesError(`its footer has ${length} bytes`);
  const footer = new FlatBuffer(bytes.subarray(start, start + length)).root();
  checkVersion(footer.int16(FOOTER_VERSION));
  const schema = footer.needed(FOOTER_SCHEMA, 'a schema');
  if (schema.int16(SCHEMA_ENDIANNESS) !== 0) throw new BytesError('its numbers are big-endian');
  readMetadata(schema, SCHEMA_METADATA);
  const columns = schema.tables(SCHEMA_FIELDS).map(columnOf);
  const [dictionaries, batches] = [FOOTER_DICTIONARIES, FOOTER_BATCHES].map((field) => blocksOf(footer, field));
  checkApart([...dictionaries, ...batches]);
  return {
    columns,
    dictionaries: dictionaries.map((at) => messageAt(bytes, at, DICTIONARY_BATCH)),
    batches: batches.map((at) => messageAt(bytes, at, RECORD_BATCH)),
  };
}

function checkVersion(version: number): void {
  if (version < V4) throw new BytesError(`it is of Arrow metadata version ${version + 1}`);
}

/** Meets all that a reader will. */
function readMetadata(table: FlatTable, field: number): void {
  for (const entry of table.tables(field)) for (const part of [0, 1]) entry.vector(part, 1);
}

function columnOf(field: FlatTable): ColumnLayout {
  readMetadata(field, FIELD_METADATA);
  const name = field.text(FIELD_NAME);
  if (field.vector(FIELD_CHILDREN, 4).length > 0) throw new BytesError(`its column ${name} is of several parts`);
  const dictionary = field.table(FIELD_DICTIONARY);
  const [kind, type] = [field.uint8(FIELD_TYPE_KIND), field.needed(FIELD_TYPE, `the type of column ${name}`)];
  if (kind === UTF8) return dictionary ? indicesOf(name, dictionary) : { name, kind: 'text' };
  const number = (kind === FLOATING_POINT && type.int16(0) === DOUBLE) || (kind === INT && isInt(type, 64));
  if (!number || dictionary) throw new BytesError(`its column ${name} is neither text, nor float64, nor int64`);
  return { name, kind: 'number', nullable: kind === FLOATING_POINT && field.uint8(FIELD_NULLABLE) === 1 };
}

function indicesOf(name: string, dictionary: FlatTable): ColumnLayout {
  const type = dictionary.table(1);
  if (type && !isInt(type, 32)) throw new BytesError(`its column ${name} has no places of int32`);
  return { name, kind: 'dictionary', id: dictionary.size(0) };
}

function isInt(type: FlatTable, bits: number): boolean {
  return type.int32(0) === bits && type.uint8(1) === 1;
}

function blocksOf(footer: FlatTable, field: number): number[] {
  const { at, length } = footer.vector(field, BLOCK_BYTES);
  return Array.from({ length }, (_, i) => footer.buffer.size(at + i * BLOCK_BYTES));
}

/** A block listed twice would be read twice, and again, for 24 bytes each. */
function checkApart(places: readonly number[]): void {
  if (new Set(places).size < places.length) throw new BytesError('its footer lists a batch twice');
}

function messageAt(bytes: Uint8Array, at: number, kind: number): Message {
  if (at + MESSAGE_PREFIX_BYTES > bytes.length) throw new BytesError('its footer leads beyond its end');
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, MESSAGE_PREFIX_BYTES);
  const length = view.getInt32(4, true);
  const body = at + MESSAGE_PREFIX_BYTES + length;
  if (view.getInt32(0, true) !== CONTINUATION || length <= 0 || body > bytes.length) {
    throw new BytesError('its footer leads to no batch');
  }
  const message = new FlatBuffer(bytes.subarray(at + MESSAGE_PREFIX_BYTES, body)).root();
  checkVersion(message.int16(MESSAGE_VERSION));
  readMetadata(message, MESSAGE_METADATA);
  const [found, size] = [message.uint8(MESSAGE_KIND), message.size(MESSAGE_BODY_BYTES)];
  if (found !== kind || body + size > bytes.length) throw new BytesError('it has a batch that is cut short');
  return { header: message.needed(MESSAGE_HEADER, 'the header of a batch'), body: bytes.subarray(body, body + size) };
}
