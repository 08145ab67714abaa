import type { Manifest } from '../manifest.js';
import type { ReadRow } from '../tables/read.js';
import type { FleetRow, HistogramRow, InputsRow, SummaryRow, ThroughputRow } from '../tables/schema.js';

/** A run as its folder holds it. */
export interface RunData {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly summary: readonly SummaryRow[];
  readonly histogram: readonly HistogramRow[];
  readonly throughput: readonly ThroughputRow[];
  readonly fleet: readonly FleetRow[];
  readonly inputs: readonly InputsRow[];
  /** Absent where the folder has no such table. */
  readonly sensitivity?: readonly SensitivityRow[];
  readonly sweep?: SweepTable;
}

/** A parameter's share of the spread of an output: Sobol indices, or the elementary effects of Morris. */
export interface SensitivityRow {
  readonly scenario: string;
  readonly regime: string;
  readonly subject: string;
  readonly output: string;
  readonly method: string;
  readonly parameter: string;
  readonly s1: number | null;
  readonly s1_conf: number | null;
  readonly st: number | null;
  readonly st_conf: number | null;
  readonly mu_star: number | null;
  readonly sigma: number | null;
  readonly conf_level: number | null;
}

/** The summary of many runs: rows with the swept values beside the summary's own columns. */
export interface SweepTable {
  readonly swept: readonly string[];
  readonly rows: readonly ReadRow[];
}
