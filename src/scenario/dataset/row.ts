import type { Column, Positions } from './columns.js';
import type { DatasetRow } from './dataset.js';

/** A measurement from the fields of one line; complains of each field that is wrong and returns undefined. */
export function parseRow(
  fields: readonly string[],
  columns: Positions,
  complain: (message: string) => void,
): DatasetRow | undefined {
  const textOf = (column: Column) => fields[columns[column]];
  const complaints = [
    ...(['model', 'quantization'] as const)
      .filter((column) => textOf(column) === '')
      .map((column) => `${column} is empty`),
    ...(['input_tokens', 'output_tokens'] as const).flatMap((column) => negativeLength(column, textOf(column))),
    ...badTps(textOf('node_tokens_per_second')),
  ];
  for (const complaint of complaints) complain(complaint);
  if (complaints.length > 0) return undefined;
  return {
    model: textOf('model'),
    quantization: textOf('quantization'),
    ...withLength('input_tokens', textOf('input_tokens')),
    ...withLength('output_tokens', textOf('output_tokens')),
    tps: Number(textOf('node_tokens_per_second')),
  };
}

function badTps(text: string): string[] {
  const tps = numberOf(text);
  return tps !== undefined && tps > 0
    ? []
    : [`node_tokens_per_second: expected a number above 0; found ${quoted(text)}`];
}

function negativeLength(column: Column, text: string): string[] {
  return (numberOf(text) ?? 0) < 0 ? [`${column}: expected a number of at least 0; found ${quoted(text)}`] : [];
}

/** Lengths may be blank or words ("Variable"), as in the paper's own data set; its code skips such rows in the fits, too. */
function withLength<C extends 'input_tokens' | 'output_tokens'>(
  column: C,
  text: string,
): { readonly [K in C]?: number } {
  const length = numberOf(text);
  return length === undefined ? {} : ({ [column]: length } as { readonly [K in C]: number });
}

function numberOf(text: string): number | undefined {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function quoted(text: string): string {
  return text === '' ? 'nothing' : JSON.stringify(text.slice(0, 40));
}
