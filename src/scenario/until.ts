import type { Precision } from './resolved.js';

/** What `--until` takes. */
export const UNTIL_EXPECTED = 'expected p50=SHARE, e.g. p50=0.1% or p50=0.001';

/** The precision that `--until p50=0.1%` asks for; undefined if it is not written so. Its size is checked with the scenario. */
export function precisionOf(text: string): Precision | undefined {
  const [, digits, percent] = /^\s*p50\s*=\s*([\d.]+(?:e-?\d+)?)\s*(%?)\s*$/i.exec(text) ?? [];
  const value = Number(digits);
  if (digits === undefined || Number.isNaN(value)) return undefined;
  return { metric: 'energy', quantile: 'p50', relative: percent ? value / 100 : value };
}
