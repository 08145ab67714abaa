import type { Counts } from '../../src/sketch/sketches.js';

/** All that sketches hold, as one text to compare: equal texts are equal counts, bin for bin. */
export function bytesOf({ histograms }: Counts): string {
  return histograms
    .map(({ first_bin, counts, zeros, non_finite, ln_min, ln_max }) => {
      const filled: string[] = [];
      for (let i = 0; i < counts.length; i++) if (counts[i] > 0) filled.push(`${i + first_bin}:${counts[i]}`);
      return [zeros, non_finite, ln_min, ln_max, filled.join(' ')].join(';');
    })
    .join('\n');
}
