import { OFF_DATA_METRICS } from './off-data-notes.js';
import type { ShareRow } from './share-notes.js';

/** More draws off the data than this are most of them. */
const MOST = 0.5;

/** A model in a regime, and the share of its draws whose lengths lie outside its throughput data. */
export interface OffData {
  readonly regime: string;
  readonly model: string;
  readonly share: number;
}

/** Models in regimes most of whose draws lie beyond the lengths of the rows or, within them, between no rows. */
export function mostlyOffData(summary: readonly ShareRow[]): readonly OffData[] {
  const off = new Map<string, OffData>();
  for (const { metric, regime, subject: model, mean } of summary) {
    const key = JSON.stringify([regime, model]);
    const share = mean ?? 0;
    if (!OFF_DATA_METRICS.some((one) => one === metric) || share <= MOST) continue;
    if (share > (off.get(key)?.share ?? 0)) off.set(key, { regime, model, share });
  }
  return [...off.values()];
}
