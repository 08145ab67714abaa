import type { Aliases } from './aliases.js';
import { lookedUp, shippedNames } from './names.js';
import { type CatalogueRecord, catalogueRecord, catalogueRecords, type LookedUp } from './records.js';
import { SHIPPED_HARDWARE } from './shipped/shipped-hardware.js';

/**
 * Columns of hardware.csv that are looked up without a disk. Memory in GB and bandwidth in TB/s of one accelerator, peaks dense,
 * powers of the accelerator in W, of its node in kW; `host_fixed_w_per_node` and `node_w_per_gpu_w` are the line from one to the other.
 */
export const HARDWARE_COLUMNS = [
  'accelerator',
  'vendor',
  'release_year',
  'memory_gb',
  'memory_bandwidth_tb_s',
  'peak_fp16_bf16_tflops_dense',
  'peak_fp8_tflops_dense',
  'peak_fp4_tflops_dense',
  'peak_int8_tops_dense',
  'tdp_w',
  'idle_w',
  'loaded_idle_w_low',
  'loaded_idle_w_high',
  'serving_power_w_p10',
  'serving_power_w_median',
  'serving_power_w_p90',
  'node_accelerators',
  'node_max_power_kw',
  'gpu_full_w',
  'host_fixed_w_per_node',
  'node_w_per_gpu_w',
] as const;

/** A row of hardware.csv. */
export type Hardware = CatalogueRecord<(typeof HARDWARE_COLUMNS)[number]>;

/** All accelerators of hardware.csv. */
export function shippedHardware(): Hardware[] {
  return catalogueRecords(HARDWARE_COLUMNS, SHIPPED_HARDWARE);
}

/** The row of an accelerator by its name in hardware.csv or an alias of it, or the names that are nearest. */
export function hardware(name: string, aliases: Aliases = shippedNames()): LookedUp<Hardware> {
  return lookedUp(
    'accelerator',
    name,
    { named: (one) => catalogueRecord(HARDWARE_COLUMNS, SHIPPED_HARDWARE, one), rows: shippedHardware },
    aliases,
  );
}
