import { ln } from '../distributions/elementary.js';
import { keptShare, type Trim } from '../model/blend.js';
import type { Measure, RowNames } from '../plan/plan.js';
import type { Pass, Passes } from '../plan/stages.js';
import { type HistogramData, repeatedValue } from '../sketch/histogram.js';
import type { Integrated } from '../sketch/integrated.js';
import { type DrawsWorth, quantiles } from '../sketch/statistics.js';

/** One distribution of a result, named as the rows of the summary are. */
export interface Series extends RowNames {
  readonly histogram: HistogramData;
  /**
   * Independent draws that the confidence interval of a quantile is worth: those drawn, unless the sampler does better.
   *
   * @param value of the quantile, where it is known already
   */
  readonly effectiveDraws: (probability: number, value?: number) => number;
  /** What is known of it without counting, where it was integrated; the histogram then tells shares of it. */
  readonly integrated?: Integrated;
  /** Independent draws that the mean is worth, and what else tells its error. */
  readonly meanWorth: () => Pick<DrawsWorth, 'mean' | 'meanError'>;
}

/** All distributions, in the order in which tables and terminal show them. */
export function seriesOf({ models, blends }: Passes): Series[] {
  return [models, blends].flatMap((pass) => pass.plan.measures.map((measure) => seriesOfMeasure(pass, measure)));
}

function seriesOfMeasure(pass: Pass, measure: Measure): Series {
  const found = pass.integrated?.[measure.of];
  return found ? integratedSeries(measure, found, pass.plan.samples) : countedSeries(pass, measure);
}

function integratedSeries({ row, share }: Measure, found: Integrated, samples: number): Series {
  const integrated = share === undefined ? found : found.share(share);
  let histogram: HistogramData | undefined;
  return {
    ...row,
    integrated,
    effectiveDraws: () => samples,
    meanWorth: () => ({ mean: samples, meanError: found.meanError }),
    get histogram() {
      histogram ??= integrated.histogram();
      return histogram;
    },
  };
}

function countedSeries(pass: Pass, { row, of, share, untrimmed = of }: Measure): Series {
  const histogram = pass.sketches.histograms[of];
  const { samples } = pass.plan;
  if (share !== undefined)
    return {
      ...row,
      histogram: indicator(samples, histogram[share]),
      effectiveDraws: () => samples,
      meanWorth: () => ({ mean: samples }),
    };
  return {
    ...row,
    histogram,
    effectiveDraws: rankDraws(pass, of, untrimmed, row.trim),
    meanWorth: meanWorth(pass, of, row.trim),
  };
}

/** Of a pool: as the pilot of its pass tells, else as of one model, for models share their draws. */
function rankDraws(pass: Pass, of: number, untrimmed: number, trim: Trim): Series['effectiveDraws'] {
  const { pilot, sketches } = pass;
  if (!pilot?.has(of)) return trimmedDraws(effectiveDraws(pass, untrimmed), trim);
  return (probability, value = quantiles(sketches.histograms[of], [probability])[0]) =>
    pilot.effectiveDraws(of, ln(value), probability);
}

/** Trimmed draws have no heavy tails, and replicates tell the error themselves. */
function meanWorth({ plan, pilot, replicates }: Pass, of: number, trim: Trim): Series['meanWorth'] {
  const { samples } = plan;
  return () => ({
    mean: pilot?.has(of) ? pilot.meanDraws(of) : samples * keptShare(trim),
    meanError: replicates ? replicates.meanError([{ output: of, weight: 1 }]) : trim === 'none' ? undefined : 'plain',
  });
}

/**
 * Independent draws that a quantile of what was counted is worth: all that were made, or what the replicates of a stratified
 * sampler say of its rank.
 */
function effectiveDraws({ plan, sketches, replicates }: Pass, of: number): Series['effectiveDraws'] {
  if (replicates === undefined) return () => plan.samples;
  return (probability, value = quantiles(sketches.histograms[of], [probability])[0]) =>
    replicates.effectiveDraws(of, ln(value), probability);
}

/**
 * As `effectiveDraws`, of a trimmed quantile: its rank is one among all draws, for the trim is by rank itself, and among those
 * kept is 1/share times as uncertain.
 */
function trimmedDraws(untrimmed: Series['effectiveDraws'], trim: Trim): Series['effectiveDraws'] {
  if (trim === 'none') return untrimmed;
  const share = keptShare(trim);
  return (probability) => {
    const rank = (1 - share) / 2 + share * probability;
    return (untrimmed(rank) * share ** 2 * probability * (1 - probability)) / (rank * (1 - rank));
  };
}

function indicator(n: number, ones: number): HistogramData {
  return { ...repeatedValue(0, Float64Array.of(ones)), zeros: n - ones };
}
