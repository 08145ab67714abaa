/** Sums over draws of a quantity as it is, a, and of what an alternative changes in it, d. */
export interface PairedSums {
  n: number;
  a: number;
  aa: number;
  d: number;
  dd: number;
  ad: number;
}

/** An estimate with the 95 % interval of its Monte Carlo error. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Sums over no draws. */
export function emptySums(): PairedSums {
  return { n: 0, a: 0, aa: 0, d: 0, dd: 0, ad: 0 };
}

/** Adds the first `n` draws of both; those that are no finite number in either are left out. */
export function addDraws(sums: PairedSums, now: Float64Array, then: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const [a, d] = [now[i], then[i] - now[i]];
    if (!Number.isFinite(a + d)) continue;
    sums.n += 1;
    sums.a += a;
    sums.aa += a * a;
    sums.d += d;
    sums.dd += d * d;
    sums.ad += a * d;
  }
}

/** Sums of all blocks, added in their order. */
export function totalSums(blocks: readonly PairedSums[]): PairedSums {
  const total = emptySums();
  for (const block of blocks) for (const key of SUMS) total[key] += block[key];
  return total;
}

const SUMS = ['n', 'a', 'aa', 'd', 'dd', 'ad'] as const;

/** Standard deviations to either side of 95 % of a normal distribution. */
const Z95 = 1.959963984540054;

/** Mean of the quantity as it is. */
export function meanNow({ n, a }: PairedSums): number {
  return a / n;
}

/** Mean of what is saved, in the quantity's unit. */
export function meanSaved({ n, d, dd }: PairedSums): Estimate {
  const mean = d / n;
  return around(-mean, Math.sqrt(Math.max(0, dd / n - mean * mean) / n));
}

/** Share of the mean that is saved; its error by the delta method for a ratio of means over the same draws. */
export function shareSaved({ n, a, aa, d, dd, ad }: PairedSums): Estimate {
  const ratio = d / a;
  const variance = Math.max(0, dd - 2 * ratio * ad + ratio * ratio * aa) / n;
  return around(-ratio, Math.sqrt(variance / n) / (a / n));
}

function around(value: number, error: number): Estimate {
  return { value, low: value - Z95 * error, high: value + Z95 * error };
}
