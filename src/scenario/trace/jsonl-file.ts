import { isMapping, type Mapping } from '../../distributions/written.js';
import { cellComplaint, cellNumber } from './cell-number.js';
import type { ColumnFile, ComplainOfLine } from './column-file.js';
import { GrowingColumn } from './growing-column.js';

const NEWLINE = 0x0a;

/** Rows from which the columns of a file are told. */
const HEADER_ROWS = 100;

/**
 * A file of one JSON object a line. Columns are the objects' keys, those of objects within them by dots, and attributes of
 * OpenTelemetry, `{ key, value: { intValue } }`, by their own names.
 */
export function jsonlFile(bytes: Uint8Array): ColumnFile {
  const names = new Set<string>();
  let rows = 0;
  for (const { data } of linesOf(bytes)) {
    if (isMapping(data)) for (const name of flat(data).keys()) names.add(name);
    if (++rows === HEADER_ROWS) break;
  }
  return {
    columns: [...names],
    read(wanted, complain) {
      const columns = wanted.map((name) => ({ name, numbers: new GrowingColumn() }));
      for (const { line, data } of linesOf(bytes)) {
        if (!isMapping(data)) {
          complain(
            line,
            `expected a JSON object in each line; found ${data === undefined ? 'no JSON' : 'something else'}`,
          );
          continue;
        }
        const cells = flat(data);
        for (const { name, numbers } of columns) numbers.push(numberIn(cells.get(name), name, line, complain));
      }
      return columns.map(({ numbers }) => numbers.numbers);
    },
  };
}

function numberIn(cell: unknown, name: string, line: number, complain: ComplainOfLine): number {
  const value = cellNumber(cell);
  if (value === undefined) complain(line, cellComplaint(name, cell));
  return value ?? Number.NaN;
}

function* linesOf(bytes: Uint8Array): Generator<{ line: number; data: unknown }> {
  const text = new TextDecoder();
  let line = 0;
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found < 0 ? bytes.length : found;
    const written = text.decode(bytes.subarray(start, end)).trim();
    line++;
    start = end + 1;
    if (written !== '') yield { line, data: parsed(written) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Values that are no objects, by the keys that lead to them. */
function flat(data: Mapping, prefix = '', cells = new Map<string, unknown>()): Map<string, unknown> {
  for (const [key, value] of Object.entries(data)) {
    if (Array.isArray(value)) for (const one of value) addAttribute(one, cells);
    else if (isMapping(value)) flat(value, key === 'attributes' ? '' : `${prefix}${key}.`, cells);
    else cells.set(prefix + key, value);
  }
  return cells;
}

function addAttribute(written: unknown, cells: Map<string, unknown>): void {
  if (!isMapping(written) || typeof written.key !== 'string' || !isMapping(written.value)) return;
  const [value] = Object.values(written.value);
  cells.set(written.key, value);
}
