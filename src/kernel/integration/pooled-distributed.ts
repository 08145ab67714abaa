import { keptShare, TRIM_HIGH, TRIM_LOW, type Trim } from '../../model/blend.js';
import type { Distributed } from './distributed.js';
import { lawPowerMean } from './law-power-mean.js';
import { remembering } from './remembering.js';
import { pooled } from './reshape.js';
import { trimmed } from './trimmed.js';

/** Step in ln x on which moments of trimmed draws are integrated: right to 1e-7. */
const MOMENT_STEP = 1 / 64;

/** Members in equal shares. Their draws may be shared, so their errors add up. */
export function pooledDistributed(members: readonly Distributed[]): Distributed {
  const weights = members.map(() => 1 / members.length);
  const errors = members.flatMap(({ sampling }) => sampling ?? []);
  const total = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0);
  return {
    law: remembering((step) =>
      pooled(
        members.map(({ law }) => law(step)),
        weights,
      ),
    ),
    mean: remembering(
      async (power) => total(await Promise.all(members.map(({ mean }) => mean(power)))) / members.length,
    ),
    sampling:
      errors.length === 0
        ? undefined
        : {
            draws: Math.min(...errors.map(({ draws }) => draws)),
            rankDeviation: (lnValue) => total(errors.map((one) => one.rankDeviation(lnValue))) / members.length,
            meanDeviation: async () =>
              total(await Promise.all(errors.map((one) => one.meanDeviation()))) / members.length,
          },
  };
}

/** What a trim keeps of a member, by its ranks. */
export function trimmedDistributed(whole: Distributed): Distributed {
  const law = remembering((step) => trimmed(whole.law(step), TRIM_LOW, TRIM_HIGH));
  const kept = keptShare('p14-p86' satisfies Trim);
  const { sampling } = whole;
  return {
    law,
    mean: remembering(async (power) => lawPowerMean(law(MOMENT_STEP), power, MOMENT_STEP)),
    sampling: sampling && {
      draws: sampling.draws,
      // The trim is by rank, so a rank among the kept is one among all, and 1/share times as uncertain.
      rankDeviation: (lnValue) => sampling.rankDeviation(lnValue) / kept,
      meanDeviation: async () => (await sampling.meanDeviation()) / kept,
    },
  };
}
