import type { Counted } from '../../src/sketch/sketches.js';

/** All that sketches hold, as one text to compare: equal texts are equal counts, bin for bin. */
export function bytesOf({ histograms, capped, extrapolated }: Counted): string {
  const shown = histograms.map(({ first_bin, counts, zeros, non_finite, ln_min, ln_max }) => {
    const filled: string[] = [];
    for (let i = 0; i < counts.length; i++) if (counts[i] > 0) filled.push(`${i + first_bin}:${counts[i]}`);
    return [zeros, non_finite, ln_min, ln_max, filled.join(' ')].join(';');
  });
  return [...shown, [...capped].join(), [...extrapolated].join()].join('\n');
}
