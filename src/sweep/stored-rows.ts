import { RunError } from '../errors.js';
import type { CellRows } from '../tables/sweep.js';
import type { CellStore } from './cells/cell-store.js';
import type { KeyedCell } from './compute-cells.js';

/** The rows of all cells from the store, one after the other. @throws RunError if one was removed meanwhile */
export async function* storedRows<R extends CellRows['rows'][number]>(
  store: CellStore<R>,
  cells: readonly KeyedCell[],
): AsyncGenerator<CellRows> {
  for (const { key, labels, scenario } of cells) {
    const rows = await store.read(key, scenario.name);
    if (!rows) throw new RunError(`cell ${key} was removed while the sweep ran; run again to compute what is missing`);
    yield { labels, rows };
  }
}
