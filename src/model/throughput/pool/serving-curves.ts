import { ln } from '../../../distributions/elementary.js';
import { bytesPerWeight } from '../../catalogue/size-and-hardware.js';
import { posteriorMode } from '../posterior-mode.js';
import { type CsvRecord, grouped, known, type PoolTables } from './configurations.js';

/** How long a step takes at several concurrencies: the weights' reading, and what each query in flight adds. */
export interface ServingCurve {
  readonly family: string;
  readonly gpu_count: number;
  /** ln of the seconds that a step takes whatever it serves. */
  readonly ln_step: number;
  readonly ln_step_variance: number;
  /** ln of that over the seconds that a query adds: the queries at which a step takes twice as long. */
  readonly ln_step_over_query: number;
  readonly ln_step_over_query_variance: number;
  /** ln of the seconds of reading the weights at the bandwidth of the GPUs' memory. */
  readonly ln_weights: number;
}

const CONFIGURATION = [
  'model',
  'accelerator',
  'accelerator_count',
  'quantization',
  'scenario',
  'tensor_parallel',
  'expert_parallel',
  'data_parallel',
] as const;

/** Tasks of text alone: images and video are encoded besides. */
const TEXT_TASKS = ['lm-arena-chat', 'gpqa', 'sourcegraph-fim'];

/** Points that a curve needs to show its two parts. */
const LEAST_CONCURRENCIES = 4;

/** Nothing is known beforehand: a factor of e^10 either way. */
const VAGUE_SD = 10;

/** Spread of measured steps about the curve, in ln (median over the curves of a fit by least squares: 0.06). */
const STEP_SCALE = 0.06;

/** Steps against concurrency in the ML.ENERGY benchmark, version 3: seconds of a step = concurrency / tokens per second. */
export function servingCurves(tables: PoolTables): ServingCurve[] {
  const rows = tables.serving.filter(
    ({ dataset, scenario }) => dataset === 'ML.ENERGY benchmark v3' && TEXT_TASKS.includes(scenario),
  );
  const groups = grouped(rows, (record) => CONFIGURATION.map((column) => record[column]).join(' | '));
  return [...groups.values()].flatMap((records) => {
    const concurrencies = new Set(records.map((record) => record.concurrency_or_batch)).size;
    const lnWeights = lnWeightsOf(records[0], tables);
    return concurrencies < LEAST_CONCURRENCIES || lnWeights === undefined ? [] : [curve(records, lnWeights, tables)];
  });
}

function curve(records: readonly CsvRecord[], lnWeights: number, { aliases }: PoolTables): ServingCurve {
  const observations = records.map((record) => {
    const concurrency = Number(record.concurrency_or_batch);
    return { factors: [1, concurrency], lnSum: ln(concurrency / Number(record.output_tokens_per_second_total)) };
  });
  const start = [lnWeights, lnWeights - ln(100)];
  const prior = start.map((mean, i) => ({ of: [1 - i, i], mean, sd: VAGUE_SD }));
  const { theta, covariance } = posteriorMode({ observations, prior, scale: STEP_SCALE }, start);
  return {
    family: known(aliases, 'model', records[0].model).family,
    gpu_count: Number(records[0].accelerator_count),
    ln_step: theta[0],
    ln_step_variance: covariance[0][0],
    ln_step_over_query: theta[0] - theta[1],
    ln_step_over_query_variance: covariance[0][0] + covariance[1][1] - 2 * covariance[0][1],
    ln_weights: lnWeights,
  };
}

function lnWeightsOf(record: CsvRecord, { hardware, aliases }: PoolTables): number | undefined {
  const accelerator = known(aliases, 'accelerator', record.accelerator).canonical_name;
  const gpu = hardware.find((one) => one.accelerator === accelerator);
  const bytes = bytesPerWeight(known(aliases, 'precision', record.quantization).canonical_name);
  if (gpu === undefined || bytes === undefined) return undefined;
  const bandwidth = Number(gpu.memory_bandwidth_tb_s) * 1e12 * Number(record.accelerator_count);
  return ln((Number(record.total_params_b) * 1e9 * bytes) / bandwidth);
}
