import { coarseBins } from '../../sketch/statistics.js';
import type { HistogramRow } from '../../tables/schema.js';
import type { Series } from '../series.js';
import { perHistogram, rowNames } from './summary.js';

/** Bins of the table are this many of the sketch's own wide: 2 % in the quantity, fine enough for any plot. */
const WIDTH = 200;

/** Rows of the histogram table: every distribution's bins, empty ones left out; exact zeros as the bin from 0 to 0. */
export function histogramRows(scenario: string, series: readonly Series[]): HistogramRow[] {
  const bins = perHistogram((one) => one.integrated?.bins(WIDTH) ?? coarseBins(one.histogram, WIDTH));
  return series.flatMap((one) => {
    const { regime, subject_kind, subject, pathway, trim, metric, unit } = rowNames(one);
    const { formula, boundary } = one;
    // Spelt out: tens of thousands of rows are made a third as fast by spreading.
    return bins(one).map(({ low: bin_low, high: bin_high, count }) => ({
      scenario,
      regime,
      subject_kind,
      subject,
      pathway,
      trim,
      metric,
      unit,
      bin_low,
      bin_high,
      count,
      formula,
      boundary,
    }));
  });
}
