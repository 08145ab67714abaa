import { numberRemedy } from '../../distributions/number-meant.js';
import type { Column, Positions } from './columns.js';
import type { DatasetRow } from './dataset.js';
import type { NodeFactor } from './gpu-count.js';
import type { HardwareColumn } from './hardware-columns.js';

/** A measurement from the fields of one line; complains of each field that is wrong and returns undefined. */
export function parseRow(
  fields: readonly string[],
  columns: Positions,
  hardware: readonly HardwareColumn[],
  factor: NodeFactor,
  complain: (message: string) => void,
): DatasetRow | undefined {
  const textOf = (column: Column) => fields[columns[column]];
  const concurrencyText = columns.concurrency < 0 ? '' : fields[columns.concurrency];
  const complaints = [
    ...(['model', 'quantization'] as const)
      .filter((column) => textOf(column) === '')
      .map((column) => `${column} is empty`),
    ...(['input_tokens', 'output_tokens'] as const).flatMap((column) => badLength(column, textOf(column))),
    ...badTps(textOf('node_tokens_per_second')),
    ...badConcurrency(concurrencyText),
  ];
  for (const complaint of complaints) complain(complaint);
  const nodes = factor(fields, complain);
  if (complaints.length > 0 || nodes === undefined) return undefined;
  return {
    model: textOf('model'),
    quantization: textOf('quantization'),
    ...withLength('input_tokens', textOf('input_tokens')),
    ...withLength('output_tokens', textOf('output_tokens')),
    tps: Number(textOf('node_tokens_per_second')) * nodes,
    // A node holds as many groups of its GPUs as it has times their queries in flight.
    ...withConcurrency(numberOf(concurrencyText), nodes),
    hardware: Object.fromEntries(hardware.map(({ name, position }) => [name, fields[position]])),
  };
}

function badTps(text: string): string[] {
  const tps = numberOf(text);
  if (tps !== undefined && tps > 0) return [];
  const remedy = tps === undefined ? numberRemedy(text, 'tokens/s', (value) => value > 0) : '';
  return [`node_tokens_per_second: expected a number above 0; found ${quoted(text)}${remedy && `; ${remedy}`}`];
}

function withConcurrency(concurrency: number | undefined, nodes: number): Pick<DatasetRow, 'concurrency'> {
  return concurrency === undefined ? {} : { concurrency: concurrency * nodes };
}

/** Queries in flight: a query is itself one. Blanks and words say that the source states none. */
function badConcurrency(text: string): string[] {
  const concurrency = numberOf(text);
  if (concurrency === undefined ? !/\p{N}/u.test(text) : concurrency >= 1) return [];
  const remedy = concurrency === undefined ? numberRemedy(text, 'queries', (value) => value >= 1) : '';
  const hint = remedy || 'leave it empty where the source states none';
  return [`concurrency: expected a number of queries in flight from 1 on; found ${quoted(text)}; ${hint}`];
}

/** A length that is there but no number of tokens; blanks and words say that the source states none. */
function badLength(column: Column, text: string): string[] {
  const length = numberOf(text);
  if (length !== undefined && length >= 0) return [];
  if (length === undefined && !/\p{N}/u.test(text)) return [];
  const remedy = numberRemedy(text, 'tokens', (value) => value >= 0) || 'leave it empty where the source states none';
  const hint = length === undefined ? `; ${remedy}` : '';
  return [`${column}: expected a number of at least 0; found ${quoted(text)}${hint}`];
}

/**
 * Lengths may be blank or words ("Variable"), as in the paper's own data set; its code skips such rows in the fits,
 * too.
 */
function withLength<C extends 'input_tokens' | 'output_tokens'>(
  column: C,
  text: string,
): { readonly [K in C]?: number } {
  const length = numberOf(text);
  return length === undefined ? {} : ({ [column]: length } as { readonly [K in C]: number });
}

/** A decimal number. What only a program would take for one (0x10, Infinity) is none here. */
function numberOf(text: string): number | undefined {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function quoted(text: string): string {
  return text === '' ? 'nothing' : JSON.stringify(text.slice(0, 40));
}
