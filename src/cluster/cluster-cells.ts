import type { Engine } from '../engine/engine.js';
import { cellRows } from '../result/rows/cell.js';
import type { ScenarioSource } from '../scenario/source.js';
import type { ResolvedCell } from '../scenario/sweep-from-text.js';
import { simulateIn } from '../simulate/simulate.js';
import type { CellEngine } from '../sweep/cell-engine.js';
import { worldsOn } from '../sweep/cell-worlds.js';
import type { SummaryRow } from '../tables/schema.js';
import { poolOn } from '../workers/pool.js';
import { clusterRunner, windowOf } from './cluster-runner.js';
import type { ClusterQueue } from './open-queue.js';

/** A sweep on a cluster. */
export interface ClusterSweep {
  readonly cells: number;
  readonly sourceOf: (cell: ResolvedCell) => ScenarioSource;
  /** The kernel that the cells are drawn with, on every worker; undefined for the reference. */
  readonly engine: Engine;
  /** Unique for each run; letters, digits and dashes. */
  readonly newId: () => string;
  /** Takes sentences for the user. */
  readonly tell: (sentence: string) => void;
}

/** Computes each cell as a run of its own on the cluster, as many side by side as keep it busy; its worlds are drawn here. */
export function clusterCells(queue: ClusterQueue, { cells, sourceOf, engine, newId, tell }: ClusterSweep): CellEngine {
  const inFlight = windowOf(queue.threads);
  const lanes = Math.min(inFlight, cells);
  const window = Math.floor(inFlight / lanes);
  const sweep = newId();
  return { workers: queue.threads, kernel: engine.name, lanes, compute, worlds: worldsOn({ workers: 0, engine }) };

  async function compute(cell: ResolvedCell, signal: AbortSignal): Promise<SummaryRow[]> {
    const { scenario } = cell;
    const run = { id: newId(), sweep, scenario, source: sourceOf(cell), tell };
    const runner = clusterRunner(queue, run, engine, window);
    try {
      return cellRows(scenario, await simulateIn(poolOn(runner), scenario, { signal }));
    } finally {
      await runner.close();
    }
  }
}
