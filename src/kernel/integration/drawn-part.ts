import type { HistogramData } from '../../sketch/histogram.js';
import { meanAndStd } from '../../sketch/statistics.js';
import { powerMeanAt } from './count-points.js';
import type { Distributed } from './distributed.js';
import { drawnLaw } from './drawn-law.js';
import { shareBelow } from './ln-law.js';

/** A part that was drawn. Moments come from the bins, 1e-4 wide in ln x. */
export function drawnPart(histogram: HistogramData, draws: number): Distributed {
  const law = drawnLaw(histogram);
  const mean = async (power: number) => {
    const { lnValues, shares } = law.atoms;
    const finite = powerMeanAt(lnValues, shares, power);
    const defined = 1 - law.non_finite;
    return finite * ((defined - law.zero) / defined);
  };
  return {
    law: () => law,
    mean,
    sampling: {
      draws,
      rankDeviation: (lnValue) => {
        const share = shareBelow(law, lnValue) / (1 - law.non_finite);
        return Math.sqrt((share * (1 - share)) / draws);
      },
      meanDeviation: async () => meanAndStd(histogram).std / Math.sqrt(draws),
    },
  };
}
