import type { RecordBatch, Schema } from 'apache-arrow';
import type { Content } from '../tables/output-folder.js';

/** Bytes before the messages in an Arrow IPC file: "ARROW1" and padding (Arrow columnar format, "IPC File Format"). */
const FILE_PREFIX = 8;

/**
 * The record batches of an Arrow IPC file's bytes, one after the other and without waiting for its end. apache-arrow states a
 * file's schema in the footer alone (21.2, `RecordBatchFileWriter._writeSchema`), so it is handed in.
 */
export async function* batchesOf(schema: Schema, content: Content): AsyncGenerator<RecordBatch> {
  const { RecordBatchReader, RecordBatchStreamWriter } = await import('apache-arrow');
  const head = new RecordBatchStreamWriter().reset(undefined, schema).toUint8Array(true);
  const reader = await RecordBatchReader.from(streamed(head, piecesOf(content)));
  yield* await reader.open();
}

async function* piecesOf(content: Content): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string') throw new TypeError('an Arrow file is bytes, not text');
  if (content instanceof Uint8Array) yield content;
  else yield* content;
}

async function* streamed(head: Uint8Array, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  let left = FILE_PREFIX;
  for await (const piece of pieces) {
    const skipped = Math.min(left, piece.byteLength);
    left -= skipped;
    if (skipped < piece.byteLength) yield piece.subarray(skipped);
  }
}
