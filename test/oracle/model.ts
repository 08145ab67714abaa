import { type Lognormal, lognormalFromRange, productOf, type Range } from './lognormal.js';
import { mergeCells, type Part } from './merge-cells.js';
import { type Mixture, mixtureCdf, quantileOf } from './mixture.js';
import { type OutputTokens, outputTokens } from './output-tokens.js';
import { type ThroughputFit, throughputAt } from './throughput.js';

/** One model in one regime. Defaults are those of the paper. */
export interface ModelSpec {
  readonly fit: ThroughputFit;
  /** Maximum power of the node, kW. */
  readonly nodePowerKw: number;
  /** Median of output_tokens. */
  readonly regimeMedian: number;
  readonly inputTokens: number;
  /** Cost of an input token, in output tokens. */
  readonly prefillWeight: number;
  readonly pue: Range;
  /** Share of the node's maximum power; ignored where `coupled`. */
  readonly utilization: Range;
  /** power_utilization = 0.24 + 0.56 tps / cap in place of the lognormal. */
  readonly coupled: boolean;
  /** For the check of the merging: 0 sums over every token count. */
  readonly cellWidth?: number;
}

/** Exact distributions of one model in one regime. */
export interface ModelOracle {
  readonly name: string;
  readonly fit: ThroughputFit;
  /** The law of energy, Wh/query, as a finite mixture. */
  readonly mixture: Mixture;
  /** P(energy <= x), x in Wh/query. */
  cdf(x: number): number;
  /** Wh/query. */
  quantile(p: number): number;
  /** Wh/query, summed over every token count. */
  readonly mean: number;
  /** Wh/query, summed over every token count. */
  readonly std: number;
  readonly tps: ThroughputOracle;
  readonly outputTokens: OutputTokens;
}

/** Exact distribution of node throughput over the draws. */
export interface ThroughputOracle {
  /** Smallest observed value v with P(tps <= v) >= p, tok/s. */
  quantile(p: number): number;
  /** Mean over the draws, tok/s. */
  readonly mean: number;
  /** Share of draws where the regression lies above the cap. */
  readonly cappedShare: number;
  /** Share of draws whose output_tokens lie below the shortest or above the longest of the model's rows. */
  readonly outsideOutputRangeShare: number;
}

/** Wh in one kW for one second. */
const WH_PER_KW_SECOND = 1000 / 3600;

/** Distribution of energy, throughput and length: a sum over every token count. */
export function modelOracle(spec: ModelSpec): ModelOracle {
  const { fit, inputTokens } = spec;
  const law = outputTokens(spec.regimeMedian);
  const random = randomFactors(spec);
  const fixed = random.mu + Math.log(spec.nodePowerKw) + Math.log(WH_PER_KW_SECOND);
  let [zeroMass, first, second, cappedShare, meanTps] = [0, 0, 0, 0, 0];
  const eachTokenCount = function* (): Iterable<Part & { group: boolean }> {
    for (let k = 0; k <= law.last; k++) {
      const weight = law.probability(k);
      const { tps, capped } = throughputAt(fit, inputTokens, k);
      meanTps += weight * tps;
      if (capped) cappedShare += weight;
      const tokens = k + spec.prefillWeight * inputTokens;
      if (tokens === 0) {
        zeroMass += weight;
        continue;
      }
      const coupling = spec.coupled ? Math.log(0.24 + (0.56 * tps) / fit.capTps) : 0;
      const mu = fixed + coupling + Math.log(tokens / tps);
      const energy = Math.exp(mu);
      first += weight * energy;
      second += weight * energy * energy;
      yield { weight, mu, group: capped };
    }
  };
  const cells = spec.cellWidth === 0 ? [...eachTokenCount()] : mergeCells(eachTokenCount(), spec.cellWidth);
  // Mean and mean square of a lognormal: exp(mu + sigma^2 / 2) and exp(2 mu + 2 sigma^2).
  first *= Math.exp(random.sigma ** 2 / 2);
  second *= Math.exp(2 * random.sigma ** 2);
  const mixture: Mixture = {
    zeroMass,
    weights: Float64Array.from(cells, (cell) => cell.weight),
    mus: Float64Array.from(cells, (cell) => cell.mu),
    sigma: random.sigma,
  };
  const cdf = (x: number) => mixtureCdf(mixture, x);
  const [shortest, longest] = fit.outputRange;
  return {
    name: fit.model,
    fit,
    mixture,
    cdf,
    quantile: (p) => quantileOf([mixture], cdf, p),
    mean: first,
    std: Math.sqrt(second - first ** 2),
    tps: {
      quantile: tpsQuantile(fit, inputTokens, law),
      mean: meanTps,
      cappedShare,
      outsideOutputRangeShare: law.cdf(shortest - 1) + 1 - law.cdf(longest),
    },
    outputTokens: law,
  };
}

function randomFactors({ pue, utilization, coupled }: ModelSpec): Lognormal {
  const ranges = coupled ? [pue] : [pue, utilization];
  return productOf(ranges.map(lognormalFromRange));
}

function tpsQuantile(fit: ThroughputFit, inputTokens: number, law: OutputTokens): (p: number) => number {
  let sorted: { tps: number; weight: number }[] | undefined;
  return (p) => {
    sorted ??= Array.from({ length: law.last + 1 }, (_, k) => ({
      tps: throughputAt(fit, inputTokens, k).tps,
      weight: law.probability(k),
    })).sort((a, b) => a.tps - b.tps);
    let below = 0;
    for (const { tps, weight } of sorted) {
      below += weight;
      if (below >= p) return tps;
    }
    return sorted[sorted.length - 1].tps;
  };
}
