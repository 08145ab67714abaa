import { RunError } from '../errors.js';
import type { ResolvedCell } from '../scenario/sweep-from-text.js';
import type { SummaryRow } from '../tables/schema.js';
import type { CellEngine } from './cell-engine.js';
import type { CellStore } from './cells/cell-store.js';

/** A cell with the address of its numbers. */
export interface KeyedCell extends ResolvedCell {
  readonly key: string;
}

/** A finished cell. */
export interface FinishedCell {
  readonly rows: readonly SummaryRow[];
  /** Whether its numbers were in the store already. */
  readonly reused: boolean;
}

/** How cells are carried out; none of it changes a number. */
export interface ComputeOptions {
  /** Computes every cell, also those that the store has. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  /** Called with each cell as it ends, in any order. */
  readonly onCell: (cell: number, finished: FinishedCell) => void;
}

/**
 * Has every cell in the store, one after the other from it or computed and kept as soon as it is done: an interrupted sweep
 * goes on where it stopped. Cells of one key are computed once. When one fails, those under way are
 * still finished and kept, and no more are begun.
 *
 * @throws RunError naming the cell that failed; the signal's reason, if aborted
 */
export async function computeCells(
  engine: CellEngine,
  store: CellStore,
  cells: readonly KeyedCell[],
  options: ComputeOptions,
): Promise<void> {
  const underway = new Map<string, Promise<void>>();
  const queue = cells.entries();
  const failures: unknown[] = [];
  const lane = async () => {
    for (const [i, cell] of queue) {
      if (failures.length > 0) return;
      const finished = finish(cell, i);
      const settled = () => undefined;
      if (!underway.has(cell.key)) underway.set(cell.key, finished.then(settled, settled));
      options.onCell(i, await finished);
    }
  };
  const stopOthers = (error: unknown) => void failures.push(error);
  await Promise.all(Array.from({ length: engine.lanes }, () => lane().catch(stopOthers)));
  if (failures.length > 0) throw failures[0];

  async function finish(cell: KeyedCell, i: number): Promise<FinishedCell> {
    options.signal.throwIfAborted();
    const same = underway.get(cell.key);
    await same;
    const stored = options.force && !same ? undefined : await store.read(cell.key, cell.scenario.name);
    if (stored) {
      await store.touch(cell.key);
      return { rows: stored, reused: true };
    }
    const rows = await engine
      .compute(cell, options.signal)
      .catch((cause: unknown) => fail(cell, i, cause, options.signal));
    await store.write(cell.key, rows);
    return { rows, reused: false };
  }
}

function fail({ labels }: KeyedCell, cell: number, cause: unknown, signal: AbortSignal): never {
  signal.throwIfAborted();
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new RunError(`cell ${cell} (${labels.join(', ')}) failed: ${reason}; run again to go on with the other cells`, {
    cause,
  });
}
