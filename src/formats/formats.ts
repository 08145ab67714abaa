import type { Schema } from 'apache-arrow';
import type { Content, OutputFile } from '../tables/output-folder.js';
import { readColumn } from '../tables/read.js';
import { batchesOf } from './batches.js';
import { type CsvOptions, csvMetadata, csvPieces } from './csv.js';
import { parquetPieces } from './parquet.js';

/** What tables can be written as. */
export const FORMATS = ['arrow', 'parquet', 'csv'] as const;

export type Format = (typeof FORMATS)[number];

/** The names of the files that hold one table in one format. */
export function filesOf(name: string, format: Format): readonly string[] {
  return format === 'csv' ? [`${name}.csv`, `${name}.csv-metadata.json`] : [`${name}.${format}`];
}

/**
 * One table in several formats, from the bytes of its Arrow file.
 *
 * @param open gives those bytes, anew for each format, so that none need be kept
 */
export async function* inFormats(
  name: string,
  schema: Schema,
  formats: ReadonlySet<Format>,
  open: () => Content | Promise<Content>,
  csv: CsvOptions = {},
): AsyncGenerator<OutputFile> {
  if (formats.has('arrow')) yield { name: `${name}.arrow`, content: await open() };
  if (formats.has('parquet'))
    yield { name: `${name}.parquet`, content: parquetPieces(batchesOf(schema, await open())) };
  if (!formats.has('csv')) return;
  yield { name: `${name}.csv`, content: csvPieces(batchesOf(schema, await open()), csv) };
  const columns = schema.fields.map(readColumn);
  const metadata = Object.fromEntries(schema.metadata);
  yield { name: `${name}.csv-metadata.json`, content: csvMetadata(name, columns, metadata, csv) };
}
