import type { HistogramRow, SummaryRow } from '../../tables/schema.js';
import { energiesOf, energyLabel } from '../energies.js';
import type { RunData } from '../run-data.js';
import { type CurvePoint, thinBins } from '../thin-bins.js';

/** One distribution of energies with its row of the summary. */
export interface Curve {
  readonly label: string;
  readonly row: SummaryRow;
  /** None where the run left histogram.arrow out. */
  readonly points: readonly CurvePoint[];
}

/** The energies of one regime as curves, in the order in which figures show them. */
export function curvesOf(run: RunData, regime: string): Curve[] {
  const bins = grouped(run.histogram);
  return energiesOf(run, regime).map((row) => ({
    label: energyLabel(row),
    row,
    points: thinBins(bins.get(keyOf(row)) ?? []),
  }));
}

function grouped(histogram: readonly HistogramRow[]): Map<string, HistogramRow[]> {
  const groups = new Map<string, HistogramRow[]>();
  for (const row of histogram) {
    if (row.metric !== 'energy') continue;
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function keyOf({ regime, subject_kind, subject, pathway, trim }: HistogramRow | SummaryRow): string {
  return JSON.stringify([regime, subject_kind, subject, pathway, trim]);
}

/** The axis leaves out the outer 2 % of each curve, which would stretch it over many empty tenfolds. */
export function middleRange(curves: readonly Curve[]): [number, number] {
  const inner = curves.flatMap(({ points }) =>
    points.filter(({ cumulative }) => cumulative > 0.01 && cumulative < 0.999).map(({ value }) => value),
  );
  return [Math.min(...inner), Math.max(...inner)];
}
