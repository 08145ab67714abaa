import type { FormulaShare } from '../result/formula-variance.js';
import type { Manifest } from '../result/manifest.js';
import type { SweepManifest } from '../sweep/sweep-manifest.js';
import type { LoadRow } from '../tables/load-hours.js';
import type { ReadRow } from '../tables/read.js';
import type { FleetRow, HistogramRow, InputsRow, SummaryRow, ThroughputRow } from '../tables/schema.js';
import type { SensitivityRow } from '../tables/studies.js';
import type { UncertaintyRow, VarianceRow } from '../tables/worlds.js';

/** A run as its folder holds it. */
export interface RunData {
  readonly folder: string;
  readonly manifest: Manifest;
  /** By the scenario's first formula, as the histogram and the fleet are. */
  readonly summary: readonly SummaryRow[];
  /** Energies by all formulas, where there are several. */
  readonly formulas: readonly SummaryRow[];
  /** How much of the variance of ln energy lies between them. */
  readonly formulaShares: readonly FormulaShare[];
  readonly histogram: readonly HistogramRow[];
  readonly throughput: readonly ThroughputRow[];
  readonly fleet: readonly FleetRow[];
  readonly inputs: readonly InputsRow[];
  /** Hours of the load; empty where the scenario states none. */
  readonly load: readonly LoadRow[];
  /** How well each statistic is known, by the first formula; empty where the scenario asks for no worlds. */
  readonly uncertainty: readonly UncertaintyRow[];
  /** What makes it uncertain; empty where the scenario asks for no worlds. */
  readonly variance: readonly VarianceRow[];
  /** Absent where the folder has no such table. */
  readonly sensitivity?: readonly SensitivityRow[];
  readonly sweep?: SweepTable;
}

/** The summary of many runs: rows with the swept values beside the summary's own columns. */
export interface SweepTable {
  readonly swept: readonly string[];
  readonly rows: readonly ReadRow[];
}

/** A sweep as its folder holds it: no run of the scenario itself beside it. */
export interface SweepData {
  readonly folder: string;
  readonly manifest: SweepManifest;
  readonly sweep: SweepTable;
}
