/** What is asked beside a metric itself and its logarithm: whether a query exceeds a limit, in the metric's unit. */
export type Target =
  | { readonly kind: 'above'; readonly text: string; readonly value: number }
  | { readonly kind: 'percentile'; readonly text: string; readonly probability: number };

/** `P95` (is a query among the highest 5 %?) or `P(energy > 1)` (does it exceed 1 Wh?); undefined for anything else, other metrics too. */
export function parseTarget(text: string, metric = 'energy'): Target | undefined {
  const percentile = /^P(\d{1,2}(?:\.\d+)?)$/.exec(text.trim());
  if (percentile && Number(percentile[1]) > 0) {
    return { kind: 'percentile', text: text.trim(), probability: Number(percentile[1]) / 100 };
  }
  const above = /^P\(\s*(\w+)\s*>\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*\)$/i.exec(text.trim());
  if (above?.[1].toLowerCase() !== metric) return undefined;
  const value = Number(above[2]);
  return { kind: 'above', text: `P(${metric} > ${value})`, value };
}
