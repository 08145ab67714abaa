import { expect } from 'vitest';
import type { Result } from '../../src/result/result.js';
import { type Series, seriesOf } from '../../src/result/series.js';
import { meanAndStd, quantiles } from '../../src/sketch/statistics.js';

/** Standard errors that thousands of comparisons stay within: one of a million draws of a normal lies beyond. */
const Z = 5;

/** Widths of histogram bins: what counting alone may be off. */
const BIN = 1e-4;

/** Every distribution of an integrated result lies within the Monte Carlo error of a drawn one of so many samples. */
export function expectAgreement(integrated: Result, drawn: Result): void {
  const [ours, theirs] = [seriesOf(integrated), seriesOf(drawn)];
  expect(ours.map(nameOf)).toEqual(theirs.map(nameOf));
  const wrong = ours.flatMap((one, i) => disagreements(one, theirs[i], drawn.scenario.samples));
  expect(wrong).toEqual([]);
}

export function nameOf({ regime, subject, pathway, trim, metric }: Series): string {
  return [regime, subject, pathway, trim, metric].join(' ');
}

function disagreements(ours: Series, theirs: Series, samples: number): string[] {
  const statistics = ours.integrated?.statistics;
  if (statistics === undefined) return [];
  const drawn = meanAndStd(theirs.histogram);
  // A trimmed mean moves with its cuts as well: about twice as much where many draws at one are alike.
  const spread = ours.trim === 'none' ? drawn.std : 2 * drawn.std;
  const error = (Z * spread) / Math.sqrt(theirs.effectiveDraws(0.5)) + BIN * Math.abs(drawn.mean);
  const bad: string[] = [];
  // The mean of a heavy tail is not known from draws: a spread of ten means says little of it.
  if (drawn.std < 10 * drawn.mean && Math.abs(statistics.mean - drawn.mean) > error)
    bad.push(`${nameOf(ours)}: mean ${statistics.mean}, drawn ${drawn.mean} ± ${error}`);
  const named = {
    0.05: statistics.p05,
    0.25: statistics.p25,
    0.5: statistics.p50,
    0.75: statistics.p75,
    0.95: statistics.p95,
  };
  for (const [p, value] of Object.entries(named)) {
    const [low, high] = rankInterval(theirs, Number(p), Math.min(samples, theirs.effectiveDraws(Number(p))));
    if (value < low * (1 - BIN) || value > high * (1 + BIN))
      bad.push(`${nameOf(ours)}: P${100 * Number(p)} ${value}, drawn ${low} to ${high}`);
  }
  return bad;
}

function rankInterval({ histogram }: Series, p: number, draws: number): number[] {
  const error = Z * Math.sqrt((p * (1 - p)) / draws);
  return quantiles(histogram, [Math.max(0, p - error), Math.min(1, p + error)]);
}
