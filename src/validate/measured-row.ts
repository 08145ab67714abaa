import type { Boundary } from '../model/boundary.js';

/** A measured energy per request as its table has it: names as written, numbers read. What is blank is undefined. */
export interface MeasuredRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly dataset: string;
  readonly model: string;
  readonly accelerator: string;
  readonly quantization: string;
  readonly workload: string;
  /** `text`, or what besides text is read. */
  readonly modality: string;
  readonly speculative_decoding: string;
  readonly boundary: Boundary;
  readonly total_params_b?: number;
  readonly active_params_b?: number;
  /** Accelerators that the row's tokens per second and power are of. */
  readonly accelerator_count?: number;
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  /** Queries in flight or waiting on all accelerators of the row. */
  readonly concurrency?: number;
  readonly tps?: number;
  readonly power_w?: number;
  /** Wh per request at the boundary, measured or from J per output token. */
  readonly energy_wh?: number;
  /** J per output token, as stated. */
  readonly joules_per_token?: number;
}
