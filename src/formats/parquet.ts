import type { RecordBatch, Schema } from 'apache-arrow';

/** Batches in pieces of a Parquet file, Zstandard-compressed; needs Node. Batches are asked for as they are written. */
export async function* parquetPieces(
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
): AsyncGenerator<Uint8Array> {
  const [arrow, parquet] = await Promise.all([import('apache-arrow'), loadParquet()]);
  const [first, all] = await peek(batches);
  const properties = new parquet.WriterPropertiesBuilder()
    .setCompression(parquet.Compression.ZSTD)
    .setCreatedBy('tokenjoule')
    .setKeyValueMetadata(keyValues(first.schema))
    .build();
  const toParquet = (batch: RecordBatch) =>
    parquet.Table.fromIPCStream(arrow.tableToIPC(new arrow.Table([batch]), 'stream')).recordBatches();
  yield* await parquet.transformParquetStream(streamOf(all, toParquet), properties);
}

/** Its Node build, whose types name no DOM. */
async function loadParquet() {
  return (await import('parquet-wasm/node')) as typeof import('parquet-wasm/node');
}

/**
 * Parquet's own metadata, for readers that do not know Arrow's: the table's, and each column's unit and meaning. One key: the
 * writer puts several in an order that changes from file to file, and equal tables would differ in their bytes.
 */
function keyValues({ metadata, fields }: Schema): Map<string, string> {
  const columns = fields.map(({ name, metadata }) => [name, Object.fromEntries(metadata)]);
  const all = { metadata: Object.fromEntries(metadata), columns: Object.fromEntries(columns) };
  return new Map([['tokenjoule', JSON.stringify(all)]]);
}

/** The first batch, and all of them: a table without rows has one batch, too. */
async function peek<T>(items: AsyncIterable<T> | Iterable<T>): Promise<[T, AsyncGenerator<T>]> {
  const iterator = (async function* () {
    yield* items;
  })();
  const { value, done } = await iterator.next();
  if (done) throw new RangeError('a table without a batch');
  return [value, chain(value, iterator)];
}

async function* chain<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* others;
}

/** Each batch as what the writer takes, made when the writer asks for it. */
function streamOf<T>(batches: AsyncGenerator<RecordBatch>, convert: (batch: RecordBatch) => readonly T[]) {
  return new ReadableStream<T>({
    async pull(controller) {
      const { value, done } = await batches.next();
      if (done) controller.close();
      else for (const converted of convert(value)) controller.enqueue(converted);
    },
  });
}
