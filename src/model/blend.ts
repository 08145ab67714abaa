/** How a blend's draws are trimmed: not at all, or as the paper publishes its quartiles. */
export type Trim = 'none' | 'p14-p86';

export const TRIMS: readonly Trim[] = ['none', 'p14-p86'];

/**
 * The published trim keeps each model's draws from its P5 to its P95, then of the rest those from P10 to P90, and pools what
 * is left: P14 to P86 of the model. Source: Oviedo et al., authors' code, two-stage filtering of the mixed distribution.
 */
export const TRIM_LOW = 0.05 + 0.1 * 0.9;
export const TRIM_HIGH = 1 - TRIM_LOW;

/** Share of each model's draws that a trim keeps. */
export function keptShare(trim: Trim): number {
  return trim === 'none' ? 1 : TRIM_HIGH - TRIM_LOW;
}

/** The `count` models of highest median energy, highest first; ties keep the scenario's order. */
export function highestMedians(medians: readonly { model: string; p50: number }[], count: number): string[] {
  return [...medians]
    .sort((a, b) => b.p50 - a.p50)
    .slice(0, count)
    .map(({ model }) => model);
}
