import { textOfBytes } from '../text-of-bytes.js';
import { arrowFile } from './arrow-file.js';
import type { ColumnBytes, ColumnFile } from './column-file.js';
import { csvFile } from './csv-file.js';
import { jsonlFile } from './jsonl-file.js';

/** Bytes that tell a file's format. */
const BEGINNING = 4096;

/** A file by what it begins with: CSV, JSONL, Arrow or Parquet; or, in words, why it is none that can be read. */
export async function openColumns({ bytes, arrowOfParquet }: ColumnBytes): Promise<ColumnFile | { instead: string }> {
  const start = String.fromCharCode(...bytes.subarray(0, 6));
  if (start.startsWith('PAR1')) {
    if (arrowOfParquet === undefined)
      return { instead: 'is a Parquet file, which only Node reads; convert it to Arrow or CSV' };
    return readArrow(() => arrowOfParquet(bytes));
  }
  if (start.startsWith('ARROW1') || start.startsWith('\xff\xff\xff\xff')) return readArrow(async () => bytes);
  const lines = wholeLines(bytes);
  const text = textOfBytes(lines, 'CSV, JSONL, Parquet or Arrow');
  if ('instead' in text) return text;
  if (text.text.includes('\0')) return { instead: 'holds a NUL byte; expected CSV, JSONL, Parquet or Arrow' };
  if (text.text.trim() === '') return { instead: 'is empty; expected a header and one row a query' };
  if (text.text.trimStart().startsWith('[')) return { instead: 'is one JSON list; write one object a line (JSONL)' };
  return text.text.trimStart().startsWith('{') ? jsonlFile(bytes) : csvFile(bytes);
}

async function readArrow(bytes: () => Promise<Uint8Array>): Promise<ColumnFile | { instead: string }> {
  try {
    return await arrowFile(await bytes());
  } catch (error) {
    return {
      instead: `cannot be read: ${error instanceof Error ? error.message : String(error)}; download or write it again`,
    };
  }
}

/** The beginning of a text up to a line's end, so that no letter is cut. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const head = bytes.subarray(0, BEGINNING);
  const end = head.lastIndexOf(0x0a);
  return head.length < bytes.length && end >= 0 ? head.subarray(0, end) : head;
}
