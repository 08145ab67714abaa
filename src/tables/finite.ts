/** A number as tables hold it: null where there is none, or it lies beyond 1.8e308. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
