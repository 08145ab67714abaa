import { InputError, type Problem, shownProblems } from '../../errors.js';
import { findColumns } from './columns.js';
import type { Dataset, DatasetFile, DatasetRow } from './dataset.js';
import { hardwareColumns } from './hardware-columns.js';
import { type CsvLine, readLines } from './lines.js';
import { pointsOfThousands, pointText } from './points-of-thousands.js';
import { parseRow } from './row.js';

type ComplainOfLine = (line: number, message: string) => void;

/**
 * Measurements from CSV with a header.
 *
 * @param written the dataset's name in the scenario
 * @throws InputError with all problems (beyond twenty, their number), each with its line
 */
export async function parseDataset(written: string, { name, bytes }: DatasetFile): Promise<Dataset> {
  const problems: Problem[] = [];
  const complain: ComplainOfLine = (line, message) => problems.push({ file: name, line, key: '', message });
  const rows = parseRows(await readLines(bytes, complain), complain);
  if (problems.length === 0 && rows.length === 0) problems.push({ file: name, key: '', message: 'no rows of data' });
  if (problems.length > 0) throw new InputError(shownProblems(problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))));
  return { file: written, sha256: await sha256(bytes), rows };
}

function parseRows([header, ...lines]: readonly CsvLine[], complain: ComplainOfLine): DatasetRow[] {
  const columns = header && findColumns(header.fields, (message) => complain(header.line, message));
  if (!columns) return [];
  const hardware = hardwareColumns(header.fields);
  const whole = lines.filter(({ line, fields }) => {
    if (fields.length === header.fields.length) return true;
    complain(line, `expected ${header.fields.length} fields, as in the header; found ${fields.length}`);
    return false;
  });
  for (const column of NUMBERS) {
    const numbers = whole.map(({ line, fields }) => ({ line, text: fields[columns[column]] }));
    for (const { line, text } of pointsOfThousands(numbers)) complain(line, pointText(column, text));
  }
  return whole.flatMap(
    ({ line, fields }) => parseRow(fields, columns, hardware, (message) => complain(line, message)) ?? [],
  );
}

const NUMBERS = ['input_tokens', 'output_tokens', 'node_tokens_per_second'] as const;

async function sha256(bytes: Uint8Array): Promise<string> {
  // Not node:crypto: this one is in browsers, too.
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
