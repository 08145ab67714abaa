/** Where a quantity lies, whatever runs where: a number beyond was written in another unit, or by a slip. */
export interface PhysicalBounds {
  readonly low: number;
  readonly high: number;
  /** What it is in; `1` for ratios. */
  readonly unit: string;
  /** What a number beyond was likely meant as, completing "found 10200 (…)"; undefined where that cannot be told. */
  readonly likely: (value: number) => string | undefined;
  /** A distribution lies beyond as a whole where less than this of it lies within; 0.01 if not stated, as tails are long. */
  readonly least_within?: number;
}

/**
 * Numbers from here to 100 in place of a share are likely percents; from 1 to here, a share that is a little too high.
 */
const LEAST_PERCENT = 5;

/**
 * Bounds by key.
 *
 * `pue`: at least 1 as the facility's energy contains that of its equipment (ISO/IEC 30134-2); server closets, the
 * worst that Masanet et al. 2020 ("Recalibrating global data center energy-use estimates", Science 367) and the EPA's
 * report of 2007 have, stay below 3. `power_utilization`: a node takes no more than its maximum. `prefill_weight`: a
 * token of the prompt takes the arithmetic of one of the answer and shares its reading of the weights with many.
 * `node_power_kw`: a board for a single user takes some watts; the rack that NVIDIA announced as its largest node
 * (Rubin Ultra NVL576, GTC 2025) 600 kW. `tps`: MLPerf Inference v6.0's fastest system makes 2.5 million tokens/s on
 * 288 GPUs. `concurrency`: a query is itself in flight; no node holds a million.
 * `gco2e_per_kwh`: no country's electricity is above 1.1 kg (Ember, 2024), no plant's above 3. `kgco2e_per_node`: a server without
 * GPUs takes tonnes to make, a rack of 72 some 100 t. `lifetime_years`: operators write servers off after 3 to 6. `l_per_kwh`: sites
 * evaporate up to 3 L, hydropower of warm reservoirs up to 70. `price`, in any currency, has no upper bound. `tokens`, of a query's
 * input or output, have none. `multiplier` of a pathway or of a fleet's day: those that Oviedo et al. (2026) gather reach 1.1 to 20; what is
 * for the most part beyond a million, either way, is a slip.
 */
export const PHYSICAL_BOUNDS = {
  pue: { low: 1, high: 5, unit: '1', likely: likelyPue },
  power_utilization: { low: 0, high: 1, unit: '1', likely: likelyShare },
  prefill_weight: { low: 0, high: 1, unit: '1', likely: likelyPercent },
  node_power_kw: { low: 0.001, high: 600, unit: 'kW', likely: likelyPower },
  tps: { low: 0.001, high: 1e7, unit: 'tokens/s', likely: likelyThroughput },
  concurrency: { low: 1, high: 1e6, unit: 'queries', likely: () => undefined },
  gco2e_per_kwh: { low: 0, high: 3000, unit: 'gCO2e/kWh', likely: likelyIntensity },
  kgco2e_per_node: { low: 1, high: 1e6, unit: 'kgCO2e', likely: likelyEmbodied },
  lifetime_years: { low: 0.1, high: 30, unit: 'years', likely: likelyLifetime },
  lifetime_utilization: { low: 0, high: 1, unit: '1', likely: likelyPercent },
  l_per_kwh: { low: 0, high: 100, unit: 'L/kWh', likely: likelyWater },
  price: { low: 0, high: Number.POSITIVE_INFINITY, unit: '1', likely: () => undefined },
  multiplier: { low: 1e-6, high: 1e6, unit: '1', likely: () => undefined, least_within: 0.5 },
  tokens: { low: 0, high: Number.POSITIVE_INFINITY, unit: 'tokens', likely: () => undefined },
} as const satisfies Readonly<Record<string, PhysicalBounds>>;

function likelyPue(value: number): string | undefined {
  if (value < 1) return value > 0 ? `an overhead of ${value} is a PUE of ${rounded(1 + value)}` : undefined;
  return value >= 100 && value <= 500 ? `${value} % is ${rounded(value / 100)}` : undefined;
}

function likelyPercent(value: number): string | undefined {
  return value >= LEAST_PERCENT && value <= 100 ? `${value} % is ${rounded(value / 100)}` : undefined;
}

function likelyShare(value: number): string | undefined {
  return likelyPercent(value) ?? (value > 1 ? 'a node takes no more than its maximum' : undefined);
}

function likelyPower(value: number): string | undefined {
  if (value > 600) return `watts? ${value} W are ${rounded(value / 1000)} kW`;
  return value > 0 ? `megawatts? ${value} MW are ${rounded(value * 1000)} kW` : undefined;
}

function likelyThroughput(value: number): string | undefined {
  return value > 0 && value < 1 ? `seconds per token? ${value} s are ${rounded(1 / value)} tokens/s` : undefined;
}

function likelyIntensity(value: number): string | undefined {
  return value > 3000 ? `grams per MWh? ${value} g per MWh are ${rounded(value / 1000)} g per kWh` : undefined;
}

function likelyEmbodied(value: number): string | undefined {
  return value > 1e6 ? `grams? ${value} g are ${rounded(value / 1000)} kg` : undefined;
}

function likelyLifetime(value: number): string | undefined {
  return value > 30 && value <= 360 ? `months? ${value} months are ${rounded(value / 12)} years` : undefined;
}

function likelyWater(value: number): string | undefined {
  return value > 100 ? `millilitres? ${value} mL are ${rounded(value / 1000)} L` : undefined;
}

/** Without the last digits that binary fractions leave: 1.2 and not 1.2000000000000002. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
