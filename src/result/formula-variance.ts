import { BASELINE } from '../model/pathway.js';
import type { HistogramRow } from '../tables/schema.js';

/** How much of the variance of ln energy lies between formulas, for one subject in one kind of query. */
export interface FormulaShare {
  readonly regime: string;
  readonly subject_kind: string;
  readonly subject: string;
  /** 0 where formulas agree in their means of ln energy, near 1 where each is certain of another number. */
  readonly share: number;
}

/**
 * The law of total variance, with each formula as likely as the others: the variance of the formulas' means of ln energy, over that and
 * the mean of their variances. Draws without energy have no logarithm and are left out; a bin counts as its middle.
 *
 * @param bins of the histogram table, by all formulas
 */
export function sharesBetweenFormulas(bins: readonly HistogramRow[]): FormulaShare[] {
  const subjects = new Map<string, HistogramRow[]>();
  for (const bin of bins) {
    if (bin.metric !== 'energy' || bin.pathway !== BASELINE || bin.trim !== 'none') continue;
    const key = [bin.regime, bin.subject_kind, bin.subject].join('\n');
    const known = subjects.get(key);
    if (known) known.push(bin);
    else subjects.set(key, [bin]);
  }
  return [...subjects.values()].flatMap((own) => {
    const names = [...new Set(own.map(({ formula }) => formula))];
    if (names.length < 2) return [];
    const moments = names.map((name) => lnMoments(own.filter(({ formula }) => formula === name)));
    const { regime, subject_kind, subject } = own[0];
    return [{ regime, subject_kind, subject, share: shareBetween(moments) }];
  });
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

function shareBetween(moments: readonly Moments[]): number {
  const average = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const center = average(moments.map(({ mean }) => mean));
  const between = average(moments.map(({ mean }) => (mean - center) ** 2));
  const within = average(moments.map(({ variance }) => variance));
  return between === 0 ? 0 : between / (between + within);
}

/** Mean and variance of ln energy over bins above 0. */
function lnMoments(bins: readonly HistogramRow[]): Moments {
  const points = bins.flatMap(({ bin_low, bin_high, count }) =>
    bin_low !== null && bin_high !== null && bin_low > 0
      ? [{ ln: Math.log(bin_low * bin_high) / 2, count: Number(count) }]
      : [],
  );
  const n = points.reduce((sum, { count }) => sum + count, 0);
  const mean = points.reduce((sum, { ln, count }) => sum + count * ln, 0) / n;
  const variance = points.reduce((sum, { ln, count }) => sum + count * (ln - mean) ** 2, 0) / n;
  return { mean, variance };
}
