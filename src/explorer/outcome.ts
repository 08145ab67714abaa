import { type Result, type Series, seriesOf } from '../result.js';
import type { HistogramData } from '../sketch/histogram.js';
import { type Bin, coarseBins, type Statistics, statisticsOf } from '../sketch/statistics.js';

/** A distribution to draw: its statistics, and bins fine enough for a line on a screen. */
export interface Distribution {
  readonly statistics: Statistics;
  readonly bins: readonly Bin[];
}

/** What one side's scenario gives. */
export interface Outcome {
  /** As published, trimmed, for a blend; all draws for a model. */
  readonly energy: Distribution;
  /** Whether `energy` leaves out the draws beyond P14 and P86. */
  readonly trimmed: boolean;
  /** The models behind the subject. */
  readonly members: readonly string[];
}

/** Bins of the sketch in one that is drawn: 2 % of the value. */
const DRAWN_WIDTH = 200;

export function outcomeOf(result: Result, subject: string): Outcome {
  const energies = seriesOf(result).filter(
    ({ metric, pathway, subject: name }) => metric === 'energy' && pathway === 'baseline' && name === subject,
  );
  const shown = energies.find(({ trim }) => trim === 'p14-p86') ?? energies[0];
  return {
    energy: distributionOf(shown.histogram, shown.effectiveDraws),
    trimmed: shown.trim !== 'none',
    members: membersOf(result, shown),
  };
}

export function distributionOf(histogram: HistogramData, effectiveDraws: number): Distribution {
  return { statistics: statisticsOf(histogram, effectiveDraws), bins: coarseBins(histogram, DRAWN_WIDTH) };
}

function membersOf({ blends: { plan } }: Result, { subject_kind, subject }: Series): string[] {
  if (subject_kind === 'model') return [subject];
  const blend = plan.blends.find(({ name }) => name === subject);
  return (blend?.members ?? []).map(({ cell }) => plan.cells[cell].model);
}
