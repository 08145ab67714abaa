import { cellComplaint, cellNumber } from './cell-number.js';
import type { ColumnFile } from './column-file.js';
import { GrowingColumn } from './growing-column.js';

const [COMMA, QUOTE, NEWLINE, RETURN, ZERO, NINE] = [',', '"', '\n', '\r', '0', '9'].map((char) => char.charCodeAt(0));

/**
 * A CSV file with a header. It is read byte by byte, since a text of a million lines and their fields would take many times the
 * memory of the file.
 */
export function csvFile(bytes: Uint8Array): ColumnFile {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const header: string[] = [];
  const first = scanRecord(bytes, start, (_field, from, to) => header.push(fieldText(bytes, from, to)));
  return {
    columns: header,
    read(wanted, complain) {
      const columns = wanted.map((name) => ({ name, at: header.indexOf(name), numbers: new GrowingColumn() }));
      const ofField = header.map((_, at) => columns.filter((column) => column.at === at));
      let line = 1 + newlinesIn(bytes, start, first.next);
      for (let at = first.next; at < bytes.length; ) {
        const from = at;
        const take = (field: number, start: number, end: number) => {
          for (const column of ofField[field] ?? []) column.numbers.push(numberOf(column.name, start, end, line));
        };
        const isBlank = bytes[at] === NEWLINE || bytes[at] === RETURN;
        const record = isBlank ? blankLine(bytes, at) : scanRecord(bytes, at, take);
        if (!isBlank && record.fields !== header.length) {
          complain(
            line,
            `expected ${header.length} fields, as in the header; found ${record.fields}. Put a cell that holds a comma in quotes`,
          );
          for (const column of columns) if (column.at >= record.fields) column.numbers.push(Number.NaN);
        }
        at = record.next;
        line += newlinesIn(bytes, from, at);
      }
      return columns.map(({ numbers }) => numbers.numbers);

      function numberOf(name: string, start: number, end: number, line: number): number {
        const whole = wholeNumber(bytes, start, end);
        if (whole >= 0) return whole;
        const cell = fieldText(bytes, start, end);
        const value = cellNumber(cell);
        if (value === undefined) complain(line, cellComplaint(name, cell), letterAt(bytes, start));
        return value ?? Number.NaN;
      }
    },
  };
}

interface Scanned {
  readonly fields: number;
  /** Where the next record begins. */
  readonly next: number;
}

const DECODER = new TextDecoder();

/** One record from a place on; a field in quotes may hold commas and line ends. */
function scanRecord(
  bytes: Uint8Array,
  start: number,
  take: (field: number, start: number, end: number) => void,
): Scanned {
  let [field, from, isQuoted] = [0, start, false];
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (byte === COMMA) {
      take(field++, from, at);
      from = at + 1;
    } else if (byte === NEWLINE || byte === RETURN) {
      take(field++, from, at);
      return { fields: field, next: at + (byte === RETURN && bytes[at + 1] === NEWLINE ? 2 : 1) };
    }
  }
  take(field++, from, bytes.length);
  return { fields: field, next: bytes.length };
}

function blankLine(bytes: Uint8Array, at: number): Scanned {
  return { fields: 0, next: at + (bytes[at] === RETURN && bytes[at + 1] === NEWLINE ? 2 : 1) };
}

function newlinesIn(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    if (bytes[at] === NEWLINE || (bytes[at] === RETURN && bytes[at + 1] !== NEWLINE)) count++;
  }
  return count;
}

/** A whole number of digits alone, as nearly all are; -1 for anything else. */
function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  // More digits may not be held exactly as they add up.
  if (end === start || end - start > 15) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte < ZERO || byte > NINE) return -1;
    value = 10 * value + (byte - ZERO);
  }
  return value;
}

/** How many letters into its line a byte lies, counted from 1. */
function letterAt(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && bytes[start - 1] !== NEWLINE && bytes[start - 1] !== RETURN) start--;
  return 1 + [...DECODER.decode(bytes.subarray(start, at))].length;
}

function fieldText(bytes: Uint8Array, start: number, end: number): string {
  const field = DECODER.decode(bytes.subarray(start, end)).trim();
  return /^".*"$/s.test(field) ? field.slice(1, -1).replaceAll('""', '"') : field;
}
