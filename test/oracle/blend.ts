import { gaussLegendre } from './gauss-legendre.js';
import { type Lognormal, lognormalFromRange, meanReciprocal, productOf, type Range } from './lognormal.js';
import { dividedBy, type Mixture, mixtureCdf, quantileOf } from './mixture.js';
import type { ModelOracle } from './model.js';
import { standardNormalCdf } from './normal.js';
import { risingRoot } from './root.js';

/** A distribution of energy, Wh/query. */
export interface EnergyLaw {
  cdf(x: number): number;
  quantile(p: number): number;
  readonly mean: number;
}

/** Models pooled with equal weight, as they are and with each trimmed to its own P14-P86 first. */
export interface BlendLaws {
  readonly untrimmed: EnergyLaw;
  readonly trimmed: EnergyLaw;
}

/** A blend and what a pathway makes of it. */
export interface BlendOracle extends BlendLaws {
  readonly members: readonly string[];
  /** Untrimmed mean, Wh/query: what fleets are computed from. */
  readonly mean: number;
  /** Energy divided by independent lognormal multipliers of the given ranges; trimming comes before the division. */
  pathway(ranges: readonly Range[]): BlendLaws;
}

/** P5-P95, then P10-P90 of what remains: 0.05 + 0.9 * 0.1. */
export const TRIM_LOW = 0.14;
export const TRIM_HIGH = 0.86;

/** Quadrature points per trimmed model; 24, 48 and 96 agree to 1e-13. */
const POINTS = 48;

export function blendOracle(models: readonly ModelOracle[]): BlendOracle {
  const nodes = models.map(trimmedNodes);
  const mean = average(models.map((model) => model.mean));
  const untrimmed = (divisor: Lognormal) =>
    pooled(
      models.map((model) => dividedBy(model.mixture, divisor)),
      mean * meanReciprocal(divisor),
    );
  const trimmedMean = () =>
    average(nodes.map((own) => own().reduce((sum, node) => sum + node.weight * Math.exp(node.lnEnergy), 0)));
  return {
    members: models.map((model) => model.name),
    mean,
    untrimmed: untrimmed(productOf([])),
    trimmed: pooledTrimmed(models, trimmedMean),
    pathway: (ranges) => {
      const divisor = productOf(ranges.map(lognormalFromRange));
      return {
        untrimmed: untrimmed(divisor),
        trimmed: dividedTrimmed(nodes, divisor, () => trimmedMean() * meanReciprocal(divisor)),
      };
    },
  };
}

function pooled(parts: readonly Mixture[], mean: number): EnergyLaw {
  const cdf = (x: number) => average(parts.map((part) => mixtureCdf(part, x)));
  return { cdf, quantile: (p) => quantileOf(parts, cdf, p), mean };
}

/** Equal pool of the models, each conditioned on lying between its own P14 and P86. */
function pooledTrimmed(models: readonly ModelOracle[], mean: () => number): EnergyLaw {
  const conditioned = (model: ModelOracle, x: number) =>
    Math.min(1, Math.max(0, (model.cdf(x) - TRIM_LOW) / (TRIM_HIGH - TRIM_LOW)));
  const cdf = (x: number) => average(models.map((model) => conditioned(model, x)));
  return {
    cdf,
    quantile: (p) => {
      const low = Math.min(...models.map((model) => Math.log(model.quantile(TRIM_LOW))));
      const high = Math.max(...models.map((model) => Math.log(model.quantile(TRIM_HIGH))));
      return Math.exp(risingRoot((lnX) => cdf(Math.exp(lnX)) - p, low, high));
    },
    get mean() {
      return mean();
    },
  };
}

interface Node {
  readonly lnEnergy: number;
  readonly weight: number;
}

/** A trimmed model as quadrature points: integrals over it are integrals over u in (0.14, 0.86) of its quantile function. */
function trimmedNodes(model: ModelOracle): () => readonly Node[] {
  let nodes: readonly Node[] | undefined;
  return () => {
    nodes ??= gaussLegendre(POINTS, TRIM_LOW, TRIM_HIGH).map(({ at, weight }) => ({
      lnEnergy: Math.log(model.quantile(at)),
      weight: weight / (TRIM_HIGH - TRIM_LOW),
    }));
    return nodes;
  };
}

/** Trimmed energy over a lognormal divisor M: P(E / M <= x) is the mean over E of P(M >= E / x). */
function dividedTrimmed(
  nodes: readonly (() => readonly Node[])[],
  { mu, sigma }: Lognormal,
  mean: () => number,
): EnergyLaw {
  const cdfOf = (own: readonly Node[], lnX: number) =>
    own.reduce((sum, { lnEnergy, weight }) => sum + weight * standardNormalCdf((lnX - lnEnergy + mu) / sigma), 0);
  const cdf = (x: number) => average(nodes.map((own) => cdfOf(own(), Math.log(x))));
  return {
    cdf,
    quantile: (p) => {
      const places = nodes.flatMap((own) => own().map((node) => node.lnEnergy - mu));
      const [low, high] = [Math.min(...places) - 9 * sigma, Math.max(...places) + 9 * sigma];
      return Math.exp(risingRoot((lnX) => cdf(Math.exp(lnX)) - p, low, high));
    },
    get mean() {
      return mean();
    },
  };
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
