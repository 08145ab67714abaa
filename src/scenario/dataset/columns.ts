import { nearestHint } from '../../words.js';

/** The columns that a dataset needs, in any order and among any others. */
export const COLUMNS = ['model', 'quantization', 'input_tokens', 'output_tokens', 'node_tokens_per_second'] as const;

export type Column = (typeof COLUMNS)[number];

/** The position of each column in a header. */
export type Positions = Readonly<Record<Column, number>>;

/** Finds the columns; complains of each that is missing or stands there twice, and returns undefined. */
export function findColumns(header: readonly string[], complain: (message: string) => void): Positions | undefined {
  const complaints = COLUMNS.flatMap((column) => complaintOf(column, header) ?? []);
  for (const complaint of complaints) complain(complaint);
  if (complaints.length > 0) return undefined;
  return Object.fromEntries(COLUMNS.map((column) => [column, header.indexOf(column)])) as Positions;
}

function complaintOf(column: Column, header: readonly string[]): string | undefined {
  const count = header.filter((name) => name === column).length;
  if (count === 1) return undefined;
  if (count > 1) return `column ${column} stands here ${count} times`;
  const others = header.filter((name) => !COLUMNS.some((known) => known === name));
  return `column ${column} is missing${nearestHint(column, others)}`;
}
