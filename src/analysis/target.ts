/** What is asked of energy beside energy itself and its logarithm: whether a query exceeds a limit. */
export type Target =
  | { readonly kind: 'above'; readonly text: string; readonly wh: number }
  | { readonly kind: 'percentile'; readonly text: string; readonly probability: number };

/** `P95` (is a query among the highest 5 %?) or `P(energy > 1)` (does it exceed 1 Wh?); undefined for anything else. */
export function parseTarget(text: string): Target | undefined {
  const percentile = /^P(\d{1,2}(?:\.\d+)?)$/.exec(text.trim());
  if (percentile && Number(percentile[1]) > 0) {
    return { kind: 'percentile', text: text.trim(), probability: Number(percentile[1]) / 100 };
  }
  const above = /^P\(\s*energy\s*>\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*\)$/i.exec(text.trim());
  return above ? { kind: 'above', text: `P(energy > ${Number(above[1])})`, wh: Number(above[1]) } : undefined;
}
