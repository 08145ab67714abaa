import { InputError, type Problem, shownProblems } from '../../errors.js';
import { chosenLines } from './choose-rows.js';
import { findColumns, type Positions } from './columns.js';
import type { Dataset, DatasetFile } from './dataset.js';
import { type NodeFactor, nodeFactor } from './gpu-count.js';
import { hardwareColumns } from './hardware-columns.js';
import { type CsvLine, isComment, readLines } from './lines.js';
import { mixedHardware } from './mixed-hardware.js';
import { pointsOfThousands, pointText } from './points-of-thousands.js';
import { AS_NODES, type Reading } from './reading.js';
import { parseRow } from './row.js';
import { sha256Of } from './sha256.js';

type ComplainOfLine = (line: number, message: string) => void;

/**
 * Measurements from CSV with a header.
 *
 * @param written the dataset's name in the scenario
 * @throws InputError with all problems (beyond twenty, their number), each with its line
 */
export async function parseDataset(
  written: string,
  { name, bytes }: DatasetFile,
  reading: Reading = AS_NODES,
): Promise<Dataset> {
  const problems: Problem[] = [];
  const complain: ComplainOfLine = (line, message) => problems.push({ file: name, line, key: '', message });
  const { rows, notes } = parseRows(await readLines(bytes, complain), reading, complain);
  if (problems.length === 0 && rows.length === 0) problems.push({ file: name, key: '', message: 'no rows of data' });
  if (problems.length > 0) throw new InputError(shownProblems(problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))));
  return { file: written, sha256: await sha256Of(bytes), rows, notes: notes.map((note) => `${written}: ${note}`) };
}

/** What rows say, and what a reader must know of how they were chosen and counted. */
type ParsedRows = Required<Pick<Dataset, 'rows' | 'notes'>>;

function parseRows([header, ...lines]: readonly CsvLine[], reading: Reading, complain: ComplainOfLine): ParsedRows {
  const atHeader = (message: string) => complain(header.line, message);
  const columns = header && findColumns(header.fields, reading.columns ?? {}, atHeader);
  if (!columns) {
    // Whoever is told to name a column would learn of the mixture only then.
    const mixed = header && reading.where === undefined ? mixedHardware(header, lines) : undefined;
    if (mixed !== undefined) atHeader(mixed);
    return { rows: [], notes: [] };
  }
  const { lines: chosen, notes } = reading.where
    ? chosenLines(header, lines, reading.where, complain)
    : { lines, notes: [] };
  const hardware = hardwareColumns(header.fields);
  const factor = nodeFactor(header.fields, reading, atHeader);
  const whole = chosen.filter(({ line, fields }) => {
    if (fields.length === header.fields.length) return true;
    const expected = `expected ${header.fields.length} fields, as in the header; found ${fields.length}`;
    complain(line, isComment(fields[0]) ? 'is a comment; remove it: every line is a row' : expected);
    return false;
  });
  complainOfPoints(whole, columns, complain);
  const rows = whole.flatMap(
    ({ line, fields }) => parseRow(fields, columns, hardware, factor, (message) => complain(line, message)) ?? [],
  );
  return { rows, notes: [...notes, ...chosenNote(chosen.length, lines.length), ...groupNote(whole, factor, reading)] };
}

const NUMBERS = ['input_tokens', 'output_tokens', 'node_tokens_per_second'] as const;

/** Points that separate thousands make a column's numbers a thousand times too small. */
function complainOfPoints(lines: readonly CsvLine[], columns: Positions, complain: ComplainOfLine): void {
  for (const column of NUMBERS) {
    const numbers = lines.map(({ line, fields }) => ({ line, text: fields[columns[column]] }));
    for (const { line, text } of pointsOfThousands(numbers)) complain(line, pointText(column, text));
  }
}

function chosenNote(chosen: number, all: number): string[] {
  return chosen === all ? [] : [`${chosen} of ${all} rows are those that throughput.where wants`];
}

function groupNote(lines: readonly CsvLine[], factor: NodeFactor, { gpus_per_node }: Reading): string[] {
  const larger = lines.filter(({ fields }) => (factor(fields, () => {}) ?? 1) < 1).length;
  const which = larger === 1 ? '1 of them is of a group' : `${larger} of them are of groups`;
  return larger === 0 ? [] : [`${which} larger than a node of ${gpus_per_node} GPUs: a node has its share`];
}
