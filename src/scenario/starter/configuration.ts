import type { Aliases } from '../../model/catalogue/aliases.js';
import type { ServiceNames } from '../../model/catalogue/unmeasured.js';
import { type CsvRecord, grouped } from '../../model/throughput/pool/configurations.js';

/** Columns of throughput-tensorrt-llm.csv that tell one way to serve a model from another. */
export const WAY_COLUMNS = [
  'accelerator',
  'version',
  'gpu_count',
  'tensor_parallel',
  'pipeline_parallel',
  'expert_parallel',
  'attention_data_parallel',
] as const;

/** Fewer rows than this leave most to the priors. */
const ENOUGH_ROWS = 4;

/**
 * Rows of one model on one accelerator in one precision that were measured one way: of the ways with four rows or more the newest,
 * of these the fastest per GPU; else that with most rows. Empty where the table has none on up to `gpusPerNode` GPUs.
 */
export function bestRows(
  records: readonly CsvRecord[],
  { model, accelerator, precision }: ServiceNames,
  gpusPerNode: number,
  aliases: Aliases,
): readonly CsvRecord[] {
  const own = records.filter(
    (row) =>
      row.superseded === 'no' &&
      row.batch_size === '' &&
      Number(row.gpu_count) <= gpusPerNode &&
      aliases.find('model', row.model)?.canonical_name === model &&
      aliases.find('accelerator', row.accelerator)?.canonical_name === accelerator &&
      aliases.find('precision', row.quantization)?.canonical_name === precision,
  );
  const ways = [
    ...grouped(own, (row) =>
      [row.model, row.quantization, ...WAY_COLUMNS.map((column) => row[column])].join(),
    ).values(),
  ];
  const [best = []] = ways.sort((a, b) => ahead(b, a));
  return best;
}

/** Above 0 where the first way is the better one. */
function ahead(a: readonly CsvRecord[], b: readonly CsvRecord[]): number {
  const enough = Math.min(a.length, ENOUGH_ROWS) - Math.min(b.length, ENOUGH_ROWS);
  return enough || compared(a[0].source_date, b[0].source_date) || speedOf(a) - speedOf(b);
}

function compared(a: string, b: string): number {
  return a === b ? 0 : a > b ? 1 : -1;
}

/** The geometric mean would weigh lengths alike; the highest says which way the node is fastest. */
function speedOf(rows: readonly CsvRecord[]): number {
  return Math.max(...rows.map((row) => Number(row.output_tokens_per_second_per_gpu)));
}
