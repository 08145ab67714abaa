import { ln } from '../../distributions/elementary.js';

/**
 * ln of measured over predicted throughput for each row, the prediction made from all other rows. `predictor` gives the ln tps that
 * rows predict, or undefined if they are too few; such a row has no error.
 */
export function leaveOneOut<Row extends { readonly tps: number }>(
  rows: readonly Row[],
  predictor: (others: readonly Row[]) => ((row: Row) => number) | undefined,
): number[] {
  return rows.flatMap((row) => {
    const lnTps = predictor(rows.filter((other) => other !== row));
    return lnTps === undefined ? [] : [ln(row.tps) - lnTps(row)];
  });
}

/** The median of the magnitudes; null of none. */
export function medianAbsolute(errors: readonly number[]): number | null {
  if (errors.length === 0) return null;
  const sorted = errors.map(Math.abs).sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
