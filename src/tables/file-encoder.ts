import type { Data, RecordBatch, RecordBatchFileWriter, Schema } from 'apache-arrow';
import type { Arrow } from './arrow-schema.js';

/**
 * Encodes one Arrow IPC file piece by piece: `batch` and `end` return the bytes that they add to it, and keep none but the
 * places of the batches (24 bytes each) for the footer.
 *
 * apache-arrow's own queue of written bytes is unbounded and cannot be asked whether it is drained (io/interfaces.ts,
 * `AsyncQueue`), so the writer gets a sink that hands each piece on. Needs Node (Buffer).
 */
export class FileEncoder {
  readonly #arrow: Arrow;
  readonly #schema: Schema;
  readonly #writer: RecordBatchFileWriter;
  #pieces: Uint8Array[] = [];

  constructor(arrow: Arrow, schema: Schema) {
    this.#arrow = arrow;
    this.#schema = schema;
    this.#writer = new arrow.RecordBatchFileWriter();
    const write = (piece: Uint8Array) => void this.#pieces.push(piece);
    this.#writer.reset(Object.assign(new arrow.AsyncByteQueue(), { write }), schema);
  }

  /** The bytes of one batch of `length` rows, one `Data` per column. Text columns must share one dictionary across batches. */
  batch(columns: readonly Data[], length: number): Uint8Array {
    this.#writer.write(this.#recordBatch(columns, length));
    return this.#take();
  }

  /** The file's footer. */
  end(): Uint8Array {
    this.#writer.finish();
    return this.#take();
  }

  #recordBatch(columns: readonly Data[], length: number): RecordBatch {
    const type = new this.#arrow.Struct(this.#schema.fields);
    return new this.#arrow.RecordBatch(
      this.#schema,
      this.#arrow.makeData({ type, length, nullCount: 0, children: [...columns] }),
    );
  }

  #take(): Uint8Array {
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return bytes;
  }
}
