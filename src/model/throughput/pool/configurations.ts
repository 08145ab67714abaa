import type { Alias, Aliases } from '../../catalogue/aliases.js';
import { type SizeAndHardware, sizeAndHardware } from '../../catalogue/size-and-hardware.js';
import type { Architecture } from '../pooled-priors.js';
import type { MeasuredRow } from '../request-cost-fit.js';

export type CsvRecord = Readonly<Record<string, string>>;

/** What the pool is read from, each file as its records. */
export interface PoolTables {
  /** `throughput-tensorrt-llm.csv`. */
  readonly throughput: readonly CsvRecord[];
  /** `throughput-other.csv`, for rows of several concurrencies. */
  readonly serving: readonly CsvRecord[];
  readonly models: readonly CsvRecord[];
  readonly hardware: readonly CsvRecord[];
  readonly aliases: Aliases;
}

/** Rows measured alike: one model on one group of GPUs, split one way, by one version of the software. */
export interface PoolConfiguration {
  readonly name: string;
  readonly model: string;
  readonly family: string;
  readonly version: string;
  readonly architecture: Architecture;
  readonly gpu_count: number;
  /** Tokens per second of the group. */
  readonly rows: readonly MeasuredRow[];
  /** Absent where the model or the accelerator is in no table of sizes. */
  readonly service: SizeAndHardware | undefined;
}

/** Columns whose equality makes rows one configuration. */
const CONFIGURATION = [
  'version',
  'model',
  'accelerator',
  'quantization',
  'gpu_count',
  'tensor_parallel',
  'pipeline_parallel',
  'expert_parallel',
  'attention_data_parallel',
] as const;

/**
 * The configurations of the throughput table: all requests queued, so that the node is full. Left out are superseded rows and
 * those that state a batch size, which were measured at it.
 */
export function poolConfigurations(tables: PoolTables): PoolConfiguration[] {
  const full = tables.throughput.filter(
    (record) =>
      record.superseded !== 'yes' && record.batch_size === '' && Number(record.output_tokens_per_second_total) > 0,
  );
  return [...grouped(full, (record) => CONFIGURATION.map((column) => record[column]).join(' | '))].map(
    ([name, records]) => configuration(name, records, tables),
  );
}

/** How many different pairs of lengths a configuration was measured at. */
export function pairsOf({ rows }: PoolConfiguration): number {
  return new Set(rows.map(({ input_tokens, output_tokens }) => `${input_tokens}/${output_tokens}`)).size;
}

/** Records by a key, in the order of their first. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** What an alias table must know. Throws an Error that names what it does not. */
export function known(aliases: Aliases, kind: Alias['kind'], name: string): Alias {
  const alias = aliases.find(kind, name);
  if (alias === undefined) throw new Error(`${kind} ${name} is not in aliases.csv`);
  return alias;
}

function configuration(name: string, records: readonly CsvRecord[], tables: PoolTables): PoolConfiguration {
  const [first] = records;
  const { canonical_name, family } = known(tables.aliases, 'model', first.model);
  return {
    name,
    model: canonical_name,
    family,
    version: first.version,
    architecture: first.architecture === 'MoE' ? 'moe' : 'dense',
    gpu_count: Number(first.gpu_count),
    rows: records.map((record) => ({
      input_tokens: Number(record.input_tokens),
      output_tokens: Number(record.output_tokens),
      tps: Number(record.output_tokens_per_second_total),
    })),
    service: serviceOf(first, tables),
  };
}

function serviceOf(record: CsvRecord, { models, hardware, aliases }: PoolTables): SizeAndHardware | undefined {
  const model = models.find((one) => one.model === known(aliases, 'model', record.model).canonical_name);
  const accelerator = known(aliases, 'accelerator', record.accelerator).canonical_name;
  const gpu = hardware.find((one) => one.accelerator === accelerator);
  if (model === undefined || gpu === undefined) return undefined;
  const precision = known(aliases, 'precision', record.quantization).canonical_name;
  const result = sizeAndHardware(model, gpu, precision, Number(record.gpu_count));
  return 'found' in result ? result.found : undefined;
}
