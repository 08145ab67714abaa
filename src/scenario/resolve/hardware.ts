import { counted, listText } from '../../words.js';
import type { DatasetRow } from '../dataset/dataset.js';

/** What is wrong with the rows of models, or to be known of them, where they were measured on different hardware. */
export interface HardwareFindings {
  /** Undefined where no model repeats lengths on other hardware. */
  readonly complaint: string | undefined;
  readonly notes: readonly string[];
}

/**
 * Looks at the rows of each model that are used together. The same lengths on other hardware, or on another number of
 * GPUs, are measurements of another node, and what is made of both is of neither; different lengths may be all that
 * there is.
 */
export function hardwareFindings(
  models: readonly (readonly [name: string, rows: readonly DatasetRow[]])[],
): HardwareFindings {
  const mixed = models.flatMap(([name, rows]) => {
    const columns = mixedColumns(rows);
    return columns.length === 0 ? [] : [{ name, columns, repeated: repeatedLengths(rows) }];
  });
  const [first, ...others] = mixed.filter(({ repeated }) => repeated !== undefined);
  const more = others.length === 0 ? '' : ` (and ${counted(others.length, 'more model')})`;
  return {
    complaint:
      first &&
      `${first.name}${more} has rows of ${first.repeated} on different hardware: ` +
        `${first.columns.join('; ')}; ${REMEDY}`,
    notes: mixed
      .filter(({ repeated }) => repeated === undefined)
      .map(({ name, columns }) => `${name}: rows of different hardware are taken together: ${columns.join('; ')}`),
  };
}

const REMEDY =
  'choose those of one node with throughput.where, by these columns and others of the file, ' +
  'or give each its own model name';

/** `accelerator A100, H100` for each column that has several values. */
function mixedColumns(rows: readonly DatasetRow[]): string[] {
  const columns = Object.keys(rows[0]?.hardware ?? {});
  return columns.flatMap((column) => {
    const values = [...new Set(rows.map(({ hardware }) => hardware[column] || 'none'))];
    return values.length < 2 ? [] : [`${column} ${listText(values)}`];
  });
}

/** The first pair of lengths that rows of different hardware share, in words. */
function repeatedLengths(rows: readonly DatasetRow[]): string | undefined {
  const hardwareOf = new Map<string, string>();
  for (const { input_tokens, output_tokens, hardware } of rows) {
    const lengths = `${input_tokens ?? '?'} input and ${output_tokens ?? '?'} output tokens`;
    const own = JSON.stringify(hardware);
    if ((hardwareOf.get(lengths) ?? own) !== own) return lengths;
    hardwareOf.set(lengths, own);
  }
  return undefined;
}
