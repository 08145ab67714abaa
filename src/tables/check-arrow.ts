import { BytesError } from '../sketch/byte-reader.js';
import { type ColumnLayout, layoutOf, type Message } from './arrow-layout.js';
import type { FlatTable } from './flat-buffer.js';

const [BATCH_LENGTH, BATCH_NODES, BATCH_BUFFERS, BATCH_COMPRESSION] = [0, 1, 2, 3];
const [DICTIONARY_ID, DICTIONARY_DATA, DICTIONARY_IS_DELTA] = [0, 1, 2];
const NODE_BYTES = 16;
const BUFFER_BYTES = 16;
const NUMBER_BYTES = 8;
const INDEX_BYTES = 4;
/** Buffers of a column: whether values are there, then the values; of texts also their ends. */
const BUFFERS = { number: 2, dictionary: 2, text: 3 } as const;

/**
 * Checks an Arrow IPC file's bytes before apache-arrow reads them: it trusts the lengths that it finds, and counts up to them
 * (21.2: a damaged one takes minutes or all memory). Whatever passes is read in time and memory that its bytes account for.
 *
 * @throws BytesError saying what is wrong
 */
export function checkArrow(bytes: Uint8Array): void {
  const { columns, dictionaries, batches } = layoutOf(bytes);
  const words = new Map(dictionaries.map(wordsOf));
  for (const { header, body } of batches) checkRows(header, body, columns, words);
}

/** A dictionary's number, and how many words it has. */
function wordsOf({ header, body }: Message): [number, number] {
  if (header.uint8(DICTIONARY_IS_DELTA) !== 0) throw new BytesError('its dictionaries come in pieces');
  const data = header.needed(DICTIONARY_DATA, 'the words of a dictionary');
  checkRows(data, body, [{ name: 'of words', kind: 'text' }], new Map());
  return [header.size(DICTIONARY_ID), data.size(BATCH_LENGTH)];
}

function checkRows(
  batch: FlatTable,
  body: Uint8Array,
  columns: readonly ColumnLayout[],
  words: ReadonlyMap<number, number>,
): void {
  if (batch.place(BATCH_COMPRESSION) !== undefined) throw new BytesError('it is compressed');
  const rows = batch.size(BATCH_LENGTH);
  const nodes = batch.vector(BATCH_NODES, NODE_BYTES);
  const buffers = buffersOf(batch, body);
  if (nodes.length !== columns.length) throw new BytesError(`it has ${nodes.length} columns in a batch`);
  let first = 0;
  for (const [i, column] of columns.entries()) {
    const [length, nulls] = [0, 8].map((at) => batch.buffer.size(nodes.at + i * NODE_BYTES + at));
    if (length !== rows || nulls > rows)
      throw new BytesError(`its column ${column.name} has ${length} of ${rows} rows`);
    const own = buffers.slice(first, first + BUFFERS[column.kind]);
    if (own.length < BUFFERS[column.kind]) throw new BytesError(`its column ${column.name} has no values`);
    checkColumn(column, own, rows, nulls, words);
    first += own.length;
  }
}

/** The buffers of a batch, one after the other: such that overlap would let few bytes stand for many columns. */
function buffersOf(batch: FlatTable, body: Uint8Array): DataView[] {
  const { at, length } = batch.vector(BATCH_BUFFERS, BUFFER_BYTES);
  let end = 0;
  return Array.from({ length }, (_, i) => {
    const [offset, size] = [0, 8].map((field) => batch.buffer.size(at + i * BUFFER_BYTES + field));
    if (size > 0 && offset < end) throw new BytesError('its columns overlap');
    if (offset + size > body.length) throw new BytesError('it has a column that is cut short');
    end = Math.max(end, offset + size);
    return new DataView(body.buffer, body.byteOffset + offset, size);
  });
}

function checkColumn(
  column: ColumnLayout,
  [validity, values, texts]: readonly DataView[],
  rows: number,
  nulls: number,
  words: ReadonlyMap<number, number>,
): void {
  const { name } = column;
  if (nulls > 0 && !(column.kind === 'number' && column.nullable)) throw new BytesError(`its column ${name} has gaps`);
  if (nulls > 0) requireBytes(name, validity, Math.ceil(rows / 8));
  if (column.kind === 'number') requireBytes(name, values, rows * NUMBER_BYTES);
  else if (column.kind === 'text') checkTexts(name, values, texts, rows);
  else checkIndices(name, values, rows, words.get(column.id) ?? 0);
}

function checkIndices(name: string, indices: DataView, rows: number, words: number): void {
  requireBytes(name, indices, rows * INDEX_BYTES);
  for (let row = 0; row < rows; row++) {
    const word = indices.getInt32(row * INDEX_BYTES, true);
    if (word < 0 || word >= words) throw new BytesError(`its column ${name} has word ${word} of ${words}`);
  }
}

function checkTexts(name: string, ends: DataView, texts: DataView, rows: number): void {
  if (rows === 0) return;
  requireBytes(name, ends, (rows + 1) * INDEX_BYTES);
  let last = 0;
  for (let row = 0; row <= rows; row++) {
    const end = ends.getInt32(row * INDEX_BYTES, true);
    if (end < last || end > texts.byteLength) throw new BytesError(`its column ${name} has a text that ends at ${end}`);
    last = end;
  }
}

function requireBytes(name: string, buffer: DataView, bytes: number): void {
  if (buffer.byteLength >= bytes) return;
  throw new BytesError(`its column ${name} has ${buffer.byteLength} of ${bytes} bytes`);
}
