import { createReadStream, promises } from 'node:fs';
import { createInterface } from 'node:readline';
import { InputError, type Problem } from '../errors.js';
import { isRecord, type JsonRecord } from './usage-record.js';

// Needs Node.

/** Problems that are told of one file: those of a wrong file would be all its lines. */
const MOST_PROBLEMS = 20;

/** Records of a file with one JSON mapping a line, in lists of at most `atOnce`; empty lines are none. */
export async function* readRecords(file: string, atOnce: number): AsyncGenerator<JsonRecord[]> {
  let records: JsonRecord[] = [];
  for await (const { record } of parsedLines(file)) {
    if (record === undefined) continue;
    records.push(record);
    if (records.length < atOnce) continue;
    yield records;
    records = [];
  }
  if (records.length > 0) yield records;
}

/** Reads a whole file once for what is wrong with it. @throws InputError that names the lines which are no JSON mapping */
export async function checkRecords(file: string): Promise<void> {
  const problems: Problem[] = [];
  await requireFile(file);
  for await (const { line, problem } of parsedLines(file)) {
    if (problem !== undefined) problems.push({ file, line, column: 1, key: '', message: problem });
    if (problems.length === MOST_PROBLEMS) break;
  }
  if (problems.length > 0) throw new InputError(problems);
}

interface ParsedLine {
  readonly line: number;
  readonly record?: JsonRecord;
  readonly problem?: string;
}

/** Reading twice takes a file: a pipe is empty the second time. @throws InputError of anything else */
async function requireFile(file: string): Promise<void> {
  const found = await promises
    .stat(file)
    .catch((error: unknown) => (error instanceof Error ? error.message : `${error}`));
  if (typeof found !== 'string' && found.isFile()) return;
  const message =
    typeof found === 'string' ? `cannot be read (${found})` : 'is no file of records, one JSON mapping a line';
  throw new InputError([{ file, key: '', message }]);
}

async function* parsedLines(file: string): AsyncGenerator<ParsedLine> {
  let line = 0;
  const input = createReadStream(file, 'utf8');
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() !== '') yield parsed(text, line);
  }
}

function parsed(text: string, line: number): ParsedLine {
  try {
    const record: unknown = JSON.parse(text);
    if (isRecord(record)) return { line, record };
    return { line, problem: 'expected one JSON mapping a line; found another value' };
  } catch {
    return { line, problem: 'expected one JSON mapping a line; found text that is no JSON' };
  }
}
