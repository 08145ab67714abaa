import type { Distribution } from '../../distributions/index.js';
import { cumulatedShares, type Recorded, recordOf } from '../../distributions/record.js';
import { count, percent } from '../../format.js';
import { counted } from '../../words.js';

/** Columns of a trace as read: NaN where a row says nothing. */
export interface TraceColumns {
  readonly input_tokens: Float64Array;
  readonly output_tokens: Float64Array;
  readonly cached_input_tokens?: Float64Array;
  readonly weight?: Float64Array;
}

/** Lengths of queries as a trace has them: one draw chooses the row of all. */
export interface TraceLengths {
  readonly input_tokens: Distribution;
  readonly output_tokens: Distribution;
  readonly cached_input_tokens?: Distribution;
}

/** Names of the columns that a trace was read from. */
export type TraceNames = Readonly<Partial<Record<keyof TraceColumns, string>>>;

/** The variable whose draw chooses a row. */
export const LENGTHS = 'lengths';

/** A share of rows at one length, the greatest, from which on lengths were likely cut there. */
const LIKELY_CUT = 0.01;
const FEWEST_CUT = 10;

/**
 * Lengths by the rows that have them all; what was left out, and what a reader must know of the others, in words. In place of
 * lengths a complaint where no row has any.
 *
 * @param file as written in the scenario, the beginning of each note
 */
export function traceLengths(
  file: string,
  sha256: string,
  names: TraceNames,
  columns: TraceColumns,
): { lengths: TraceLengths; notes: string[] } | { complaint: string } {
  const roles = Object.keys(names) as (keyof TraceColumns)[];
  const read = (role: keyof TraceColumns) => columns[role] ?? new Float64Array(0);
  const rows = columns.input_tokens.length;
  const whole = wholeRows(roles.map(read), rows);
  if (rows === 0) return { complaint: 'has a header and no rows; expected one row a query' };
  if (whole.length === 0)
    return { complaint: `no row has all of its lengths: ${missingText(roles, read, names)}; name other columns` };
  const kept = (role: keyof TraceColumns) => rowsOf(read(role), whole);
  const [input, output] = [kept('input_tokens'), kept('output_tokens')];
  if (isAllZero(input) && isAllZero(output))
    return { complaint: `all lengths of its ${counted(whole.length, 'row')} are 0; ${anotherText(names)}` };
  const weight = names.weight === undefined ? undefined : kept('weight');
  const shares = weight && !isAllZero(weight) ? cumulatedShares(weight) : undefined;
  if (weight && isAllZero(weight))
    return { complaint: `all weights (${names.weight}) are 0; leave weight out to draw all rows alike` };
  const column = (role: keyof TraceColumns, values: Float64Array): Distribution => {
    const record: Recorded = recordOf(sha256, values, shares);
    return { family: 'recorded', parameters: { file, column: names[role] ?? role, row_of: LENGTHS, record } };
  };
  const cached = names.cached_input_tokens === undefined ? undefined : kept('cached_input_tokens');
  const lengths = {
    input_tokens: column('input_tokens', input),
    output_tokens: column('output_tokens', output),
    ...(cached && { cached_input_tokens: column('cached_input_tokens', cached) }),
  };
  const notes = [
    ...(whole.length < rows
      ? [`${missingText(roles, read, names)}; left out, ${count(whole.length)} of ${count(rows)} rows are drawn`]
      : []),
    ...[input, output].flatMap((values, i) => zeroNote(values, names[i === 0 ? 'input_tokens' : 'output_tokens'])),
    ...[input, output].flatMap((values, i) => cutNote(values, names[i === 0 ? 'input_tokens' : 'output_tokens'])),
    ...(cached ? cachedNote(cached, input) : []),
  ];
  return { lengths, notes: notes.map((note) => `${file}: ${note}`) };
}

function wholeRows(columns: readonly Float64Array[], rows: number): Uint32Array {
  const whole = new Uint32Array(rows);
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    if (columns.every((column) => !Number.isNaN(column[row]))) whole[kept++] = row;
  }
  return whole.subarray(0, kept);
}

/** Some rows of a column; the column itself where they are all. */
function rowsOf(column: Float64Array, rows: Uint32Array): Float64Array {
  if (rows.length === column.length) return column;
  const chosen = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) chosen[i] = column[rows[i]];
  return chosen;
}

function missingText(
  roles: readonly (keyof TraceColumns)[],
  read: (role: keyof TraceColumns) => Float64Array,
  names: TraceNames,
): string {
  const texts = roles.flatMap((role) => {
    const missing = countOf(read(role), Number.isNaN);
    return missing === 0 ? [] : [`${counted(missing, 'row')} without ${names[role]}`];
  });
  return texts.join(', ');
}

function anotherText({ input_tokens, output_tokens }: TraceNames): string {
  return `name other columns than ${input_tokens} and ${output_tokens}, or record lengths`;
}

function isAllZero(values: Float64Array): boolean {
  return values.every((value) => value === 0);
}

function zeroNote(values: Float64Array, name: string | undefined): string[] {
  const zeros = countOf(values, (value) => value === 0);
  return zeros === 0
    ? []
    : [
        `${counted(zeros, 'row')} of 0 ${name} (${percent(zeros / values.length)}), drawn as ${zeros === 1 ? 'it is' : 'they are'}`,
      ];
}

/** Many rows of one length, the greatest: a limit of the service or of the record. */
function cutNote(values: Float64Array, name: string | undefined): string[] {
  const greatest = values.reduce((most, value) => Math.max(most, value), 0);
  const at = countOf(values, (value) => value === greatest);
  if (at < FEWEST_CUT || at < LIKELY_CUT * values.length || at === values.length) return [];
  return [
    `${counted(at, 'row')} (${percent(at / values.length)}) of the greatest ${name}, ${count(greatest)}: longer ones were likely cut there`,
  ];
}

function cachedNote(cached: Float64Array, input: Float64Array): string[] {
  const over = countOf(cached, (value, row) => value > input[row]);
  return over === 0 ? [] : [`${counted(over, 'row')} of more cached than input tokens: no more count than there are`];
}

function countOf(values: Float64Array, is: (value: number, row: number) => boolean): number {
  return values.reduce((sum, value, row) => (is(value, row) ? sum + 1 : sum), 0);
}
