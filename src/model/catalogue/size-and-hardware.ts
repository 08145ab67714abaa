/** A model of some precision on a group of GPUs: what the costs of a request follow from where nothing was measured. */
export interface SizeAndHardware {
  readonly total_params_b: number;
  /** Parameters that one token passes through; of a dense model, all. */
  readonly active_params_b: number;
  readonly bytes_per_weight: number;
  /** Keys and values that one token of context occupies, all layers together. */
  readonly kv_bytes_per_token: number;
  /** Of one GPU. */
  readonly memory_gb: number;
  readonly memory_bandwidth_tb_s: number;
  /** Dense peak at the model's precision. */
  readonly peak_tflops: number;
  /** GPUs that hold one copy of the model. */
  readonly gpu_count: number;
}

/** How a precision stores weights, and which columns of `models.csv` and `hardware.csv` belong to it. */
interface Precision {
  readonly bytes: number;
  readonly peak: string;
  readonly kv: string;
}

const FP16_PEAK = 'peak_fp16_bf16_tflops_dense';
const FP16_KV = 'kv_bytes_per_token_fp16';
const FP8_KV = 'kv_bytes_per_token_fp8';

/**
 * By canonical name. Block formats carry their scales: one byte for 16 weights of NVFP4 (NVIDIA, 2025), for 32 of MXFP4 (Open
 * Compute Project, Microscaling formats 1.0, 2023). Weights alone in four bits are multiplied in 16. FP8 and FP4 checkpoints of
 * TensorRT-LLM keep keys and values in FP8, the others in 16 bits.
 */
const PRECISIONS: Readonly<Record<string, Precision>> = {
  FP32: { bytes: 4, peak: FP16_PEAK, kv: FP16_KV },
  FP16: { bytes: 2, peak: FP16_PEAK, kv: FP16_KV },
  FP8: { bytes: 1, peak: 'peak_fp8_tflops_dense', kv: FP8_KV },
  INT8: { bytes: 1, peak: 'peak_int8_tops_dense', kv: FP16_KV },
  FP4: { bytes: 0.5625, peak: 'peak_fp4_tflops_dense', kv: FP8_KV },
  MXFP4: { bytes: 0.53125, peak: 'peak_fp4_tflops_dense', kv: FP16_KV },
  INT4: { bytes: 0.5, peak: FP16_PEAK, kv: FP16_KV },
};

type CsvRecord = Readonly<Record<string, string>>;

/** A record of what is known, or the columns that are blank or that the precision has no number for. */
export type Found = { readonly found: SizeAndHardware } | { readonly missing: readonly string[] };

/**
 * Reads a row of `models.csv` and one of `hardware.csv` for a precision by its canonical name. Where the accelerator has no
 * arithmetic of the precision, weights are stored in it and multiplied in 16 bits.
 */
export function sizeAndHardware(model: CsvRecord, hardware: CsvRecord, precision: string, gpuCount: number): Found {
  const stored = PRECISIONS[precision];
  if (stored === undefined) return { missing: [`precision ${precision}`] };
  const numbers = {
    total_params_b: model.total_params_b,
    active_params_b: model.active_params_b,
    kv_bytes_per_token: model[stored.kv],
    memory_gb: hardware.memory_gb,
    memory_bandwidth_tb_s: hardware.memory_bandwidth_tb_s,
    peak_tflops: hardware[stored.peak] || hardware[FP16_PEAK],
  };
  const missing = Object.entries(numbers).flatMap(([name, text]) => (Number(text) > 0 ? [] : [name]));
  if (missing.length > 0) return { missing };
  const [total_params_b, active_params_b, kv_bytes_per_token, memory_gb, memory_bandwidth_tb_s, peak_tflops] =
    Object.values(numbers).map(Number);
  return {
    found: {
      total_params_b,
      active_params_b,
      bytes_per_weight: stored.bytes,
      kv_bytes_per_token,
      memory_gb,
      memory_bandwidth_tb_s,
      peak_tflops,
      gpu_count: gpuCount,
    },
  };
}

/** Bytes that the weights take. */
export function weightBytes({ total_params_b, bytes_per_weight }: SizeAndHardware): number {
  return total_params_b * 1e9 * bytes_per_weight;
}

/** Share of a GPU's memory that weights and cache may take. Source: TensorRT-LLM, `free_gpu_memory_fraction`, default 0.9. */
export const USABLE_MEMORY = 0.9;

/** Bytes of the GPUs' memory left for keys and values; 0 or less where the model does not fit. */
export function cacheBytes(service: SizeAndHardware): number {
  return service.memory_gb * 1e9 * service.gpu_count * USABLE_MEMORY - weightBytes(service);
}

/** Bytes of one weight in a precision by its canonical name, scales of blocks included; undefined of an unknown one. */
export function bytesPerWeight(precision: string): number | undefined {
  return PRECISIONS[precision]?.bytes;
}
