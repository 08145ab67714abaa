import { type ShareRow, shareNotes } from './share-notes.js';

/** Shares of draws that lie off the rows which throughput was fitted to. */
export const OFF_DATA_METRICS = ['tps_extrapolated', 'tps_off_hull'] as const;

/** A larger share of draws beyond the data than this is worth a line. */
const MUCH_EXTRAPOLATED = 0.2;

/** Says in which regimes lengths lie outside what the rows cover, and in which between no rows. */
export function offDataNotes(summary: readonly ShareRow[]): string[] {
  return [
    ...shareNotes(summary, 'tps_extrapolated', MUCH_EXTRAPOLATED, 'have lengths outside the throughput data'),
    ...offHullNotes(summary),
  ];
}

/** Lengths between no rows, where the ranges of the rows do not show it. */
function offHullNotes(summary: readonly ShareRow[]): string[] {
  const isOutside = ({ regime, subject, mean }: ShareRow) =>
    summary.some(
      (row) =>
        row.metric === 'tps_extrapolated' &&
        row.regime === regime &&
        row.subject === subject &&
        (row.mean ?? 0) + MUCH_EXTRAPOLATED / 2 > (mean ?? 0),
    );
  const told = summary.filter((row) => row.metric === 'tps_off_hull' && !isOutside(row));
  return shareNotes(told, 'tps_off_hull', MUCH_EXTRAPOLATED, 'have lengths between no rows of the throughput data');
}
