/** A quantile by its name: p and percent of the draws below, as p05 or p99.9. Those below 10 without decimals have two digits. */
export type QuantileName = `p${number}` | `p0${number}`;

/** Quantiles that every summary has. */
export const STANDARD_QUANTILES = ['p05', 'p25', 'p50', 'p75', 'p95'] as const;

/** One of them. */
export type StandardQuantile = (typeof STANDARD_QUANTILES)[number];

/**
 * The name that tables have for a quantile as people write it (p5, P05, p99.9); undefined for what names none. Decimals are
 * six at most.
 */
export function quantileNameOf(written: string): QuantileName | undefined {
  const [, digits] = /^p(\d{1,2}(?:\.\d{1,6})?)$/i.exec(written) ?? [];
  const percent = Number(digits);
  if (!(percent > 0)) return undefined;
  return Number.isInteger(percent) && percent < 10 ? `p0${percent}` : `p${percent}`;
}

/** Share of the draws below the quantile of a name, above 0 and below 1. */
export function probabilityOf(name: QuantileName): number {
  return Number(`${name.slice(1)}e-2`);
}

/** What is asked for beside the five that every summary has, each once, the lowest first. */
export function besideStandard(names: readonly QuantileName[]): QuantileName[] {
  const standard: readonly string[] = STANDARD_QUANTILES;
  const others = names.filter((name, i) => !standard.includes(name) && names.indexOf(name) === i);
  return others.sort((a, b) => probabilityOf(a) - probabilityOf(b));
}
