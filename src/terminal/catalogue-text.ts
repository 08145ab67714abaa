import { alignedLines } from '../format.js';
import { counted } from '../words.js';

/** A kind of row that ships: its files, and the columns that a reader is shown, under short headings. */
export interface CatalogueKind {
  readonly name: string;
  readonly about: string;
  readonly files: readonly string[];
  readonly shown: Readonly<Record<string, string>>;
}

/** What `tokenjoule catalogue` lists. */
export const CATALOGUE_KINDS: readonly CatalogueKind[] = [
  {
    name: 'hardware',
    about: 'accelerators: memory, bandwidth, dense peaks, power, node',
    files: ['hardware.csv'],
    shown: {
      accelerator: 'accelerator',
      memory_gb: 'GB',
      memory_bandwidth_tb_s: 'TB/s',
      peak_fp8_tflops_dense: 'FP8 TFLOP/s',
      tdp_w: 'TDP W',
      node_accelerators: 'in a node',
      node_max_power_kw: 'node kW',
      specs_source: 'source',
    },
  },
  {
    name: 'models',
    about: 'models: parameters, bytes of keys and values per token, context',
    files: ['models.csv'],
    shown: {
      model: 'model',
      total_params_b: '10⁹',
      active_params_b: 'active',
      kv_bytes_per_token_fp16: 'KV bytes',
      context_limit_tokens: 'context',
      source_url: 'source',
    },
  },
  {
    name: 'throughput',
    about: 'measured tokens per second: dataset: tensorrt-llm and dataset: oviedo',
    files: ['throughput-tensorrt-llm.csv', 'throughput-oviedo.csv'],
    shown: {
      model: 'model',
      accelerator: 'accelerator',
      quantization: 'precision',
      version: 'version',
      gpu_count: 'GPUs',
      tensor_parallel: 'TP',
      input_tokens: 'in',
      output_tokens: 'out',
      output_tokens_per_second_total: 'tok/s of GPUs',
      node_tokens_per_second: 'tok/s of node',
      source_title: 'source',
    },
  },
  {
    name: 'power',
    about: 'powers of nodes, racks and accelerators, rated and measured',
    files: ['node-power.csv'],
    shown: {
      record_type: 'of a',
      name: 'name',
      accelerator: 'accelerator',
      max_power_kw: 'rated kW',
      measured_power_kw: 'measured kW',
      source_title: 'source',
    },
  },
  {
    name: 'pue',
    about: 'power usage effectiveness of operators and regions',
    files: ['pue.csv'],
    shown: { operator: 'operator', scope: 'scope', region: 'region', year: 'year', pue: 'PUE', source_title: 'source' },
  },
  {
    name: 'names',
    about: 'what tables call differently, and families of models',
    files: ['aliases.csv'],
    shown: { kind: 'kind', name: 'name', canonical_name: 'is', family: 'family' },
  },
];

type CsvRecord = Readonly<Record<string, string>>;

/** More rows than this are for whoever names some of their words, or for a program. */
const MOST_ROWS = 60;
const WIDEST = 60;

/** Rows of one kind for a reader at a terminal, each with its source. */
export function catalogueText({ shown }: CatalogueKind, rows: readonly CsvRecord[]): string {
  const columns = Object.keys(shown).filter((column) => rows.some((row) => row[column]));
  const lines = rows.slice(0, MOST_ROWS).map((row) => columns.map((column) => short(row[column] ?? '')));
  const more = rows.length - lines.length;
  return [
    ...alignedLines([columns.map((column) => shown[column]), ...lines]),
    ...(more > 0 ? [`and ${counted(more, 'row')} more: add words that rows must have, or --json for all`] : []),
    '',
  ].join('\n');
}

function short(text: string): string {
  return text.length <= WIDEST ? text : `${text.slice(0, WIDEST - 1)}…`;
}
