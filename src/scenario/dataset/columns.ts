import { listText, spelledAlike } from '../../words.js';

/** The columns that a dataset needs, in any order and among any others. */
export const COLUMNS = ['model', 'quantization', 'input_tokens', 'output_tokens', 'node_tokens_per_second'] as const;

/** What each column holds, for who has it under another name. */
const ABOUT: Readonly<Record<Column | 'concurrency', string>> = {
  model: 'name of the model',
  quantization: 'number format of the weights, e.g. FP8',
  input_tokens: 'tokens per query in, empty where the source states none',
  output_tokens: 'tokens per query out, empty where the source states none',
  node_tokens_per_second: 'output tokens per second of one whole node, all of its GPUs together',
  concurrency: 'queries in flight, empty where the source states none',
};

export type Column = (typeof COLUMNS)[number];

/** Columns that a dataset may have: GPUs of a row's group, for `per: group`, and queries in flight. */
export type OptionalColumn = 'gpu_count' | 'concurrency';

/** The position of each column in a header; of concurrency -1 where no column says it. */
export type Positions = Readonly<Record<Column | 'concurrency', number>>;

/** Finds the columns; complains of each that is missing or stands there twice, and returns undefined. */
export function findColumns(
  header: readonly string[],
  renamed: Readonly<Partial<Record<Column | OptionalColumn, string>>>,
  complain: (message: string) => void,
): Positions | undefined {
  const isAsked = renamed.concurrency !== undefined || header.includes('concurrency');
  const wanted: readonly (Column | 'concurrency')[] = isAsked ? [...COLUMNS, 'concurrency'] : COLUMNS;
  const complaints = wanted.flatMap((column) => complaintOf(column, renamed[column], header) ?? []);
  for (const { message } of complaints) complain(message);
  if (complaints.some(({ isKnown }) => !isKnown)) complain(`the columns here are ${listText(header)}`);
  if (complaints.length > 0) return undefined;
  const position = (column: Column | 'concurrency') => header.indexOf(renamed[column] ?? column);
  return Object.fromEntries([...COLUMNS, 'concurrency' as const].map((one) => [one, position(one)])) as Positions;
}

/** `isKnown`: whether the column is there, under this name or nearly so. */
function complaintOf(
  column: Column | 'concurrency',
  renamed: string | undefined,
  header: readonly string[],
): { message: string; isKnown: boolean } | undefined {
  const wanted = renamed ?? column;
  const count = header.filter((name) => name === wanted).length;
  if (count === 1) return undefined;
  if (count > 1) return { message: `column ${wanted} stands here ${count} times`, isKnown: true };
  if (renamed !== undefined)
    return { message: `column ${renamed} is missing, which throughput.columns.${column} names`, isKnown: false };
  const others = header.filter((name) => !COLUMNS.some((known) => known === name));
  // No column that only resembles it: tokens per second of a GPU, or of input and output, would be several times off.
  const meant = spelledAlike(column, others);
  const what =
    meant === undefined ? `: ${ABOUT[column]}; or name yours under throughput.columns` : ` (did you mean ${meant}?)`;
  return { message: `column ${column} is missing${what}`, isKnown: meant !== undefined };
}
