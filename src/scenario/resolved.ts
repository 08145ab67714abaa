import type { Distribution } from '../distributions/index.js';
import type { FormulaName } from '../model/formulas/index.js';
import type { ImpactInput } from '../model/impact/inputs.js';
import type { ModelParameter } from '../model/model-parameters.js';
import type { Pools } from '../model/pools/pools.js';
import type { PowerManagement } from '../model/power-management/power-management.js';
import type { Input, ModelInput, OptionalInput, RegimeInput, RequiredInput } from '../model/quantities.js';
import type { SessionRules, SessionVariable } from '../model/session/session.js';
import type { MeasuredRow } from '../model/throughput/request-cost-fit.js';
import type { RequestCostThroughput } from '../model/throughput/request-cost-throughput.js';
import type { Throughput } from '../model/throughput/throughput.js';
import type { Sampling } from '../random/sampler.js';
import type { QuantileName } from '../sketch/quantile-name.js';
import type { PreciseMetric } from './sections/sampling.js';

/**
 * A scenario with nothing left open: defaults filled, dataset read and fitted, every name checked. Plain data under the
 * scenario file's own keys, so it travels to worker threads and stands in the manifest as it is.
 */
export interface ResolvedScenario {
  readonly version: 1;
  readonly name: string;
  readonly description: string;
  /** Seed text; an integer seed is its decimal text. */
  readonly seed: string;
  /** Draws per model and regime. */
  readonly samples: number;
  /** Absent for pseudo-random draws. */
  readonly sampler?: Exclude<Sampling, 'pseudo'>;
  /** How well to know a quantile; `samples` is then the most to draw. */
  readonly precision?: Precision;
  /** Quantiles beside those that every summary has, the lowest first; absent where no others are asked for. */
  readonly quantiles?: readonly QuantileName[];
  /** The dataset that the throughput fits come from; absent when every model states its own tps. */
  readonly dataset?: ResolvedDataset;
  /** Formulas of energy, the first one that which is shown; absent where the form of throughput alone says it. */
  readonly formulas?: readonly FormulaName[];
  readonly models: readonly ResolvedModel[];
  readonly regimes: readonly ResolvedRegime[];
  /** How full nodes are through the day; absent where they always are. */
  readonly load?: ResolvedLoad;
  /** Prefill and decode on nodes of their own; absent where a node does both. */
  readonly pools?: Pools;
  /** Limits of the service; absent where none is stated. */
  readonly slo?: { readonly seconds_per_output_token: number };
  /** How the power of nodes is managed; absent where it is not. */
  readonly power_management?: PowerManagement;
  /** What is stated for what queries cause beside energy; absent where nothing is. */
  readonly impact?: ResolvedImpact;
  /** Absent where all variables are independent. */
  readonly correlation?: ResolvedCorrelation;
  readonly non_production: readonly ResolvedNonProduction[];
  readonly blends: readonly ResolvedBlend[];
  readonly pathways: readonly ResolvedPathway[];
  readonly fleet?: ResolvedFleet;
  /** Worlds that tell how well the numbers are known, and queries in each; no table but those of worlds depends on it. */
  readonly uncertainty?: { readonly worlds: number; readonly samples: number };
  /** By variable, the share of it that one draw decides for all queries of a world: 1 for all of it. As `uncertainty`. */
  readonly shared?: Readonly<Record<string, number>>;
  /** Absent but in worlds, which no scenario file states. */
  readonly world?: World;
  readonly published?: Published;
  /** What the numbers must satisfy; no part of what they follow from. */
  readonly expect?: readonly Expectation[];
  /** What a reader of the results must know, e.g. a model left out for want of rows. */
  readonly warnings: readonly string[];
}

/** A 95 % confidence interval of the quantile of at most `relative` times the quantile to either side. */
export interface Precision {
  readonly metric: PreciseMetric;
  readonly quantile: QuantileName;
  readonly relative: number;
}

/** Dependence of drawn variables: a Gaussian copula with these Spearman rank correlations. */
export interface ResolvedCorrelation {
  /** Under the names of their streams, in the order of first mention. */
  readonly variables: readonly string[];
  /** Symmetric, 1 on the diagonal; its Pearson counterpart is positive definite. */
  readonly rank: readonly (readonly number[])[];
}

export interface ResolvedDataset {
  /** As written in the scenario. */
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  readonly quantization: string;
}

/** One model with all that a run needs to know of it: nothing is left to defaults. */
export interface ResolvedModel
  extends ResolvedInputs<ModelInput>,
    Partial<Readonly<Record<ModelParameter, Distribution>>> {
  readonly name: string;
  readonly throughput: Throughput;
  /** The same measurements by request-cost, where that is asked for beside another form. */
  readonly request_cost?: RequestCostThroughput;
  /** The measurements that throughput was fitted to; absent where the scenario states it. */
  readonly measured?: readonly MeasuredRow[];
}

/** One kind of query: how long it is, and the conditions under which it is served; what each input is, `INPUTS` says. */
export interface ResolvedRegime
  extends ResolvedInputs<Exclude<RegimeInput & RequiredInput, 'power_utilization'>>,
    Partial<ResolvedInputs<RegimeInput & OptionalInput>> {
  readonly name: string;
  readonly power_utilization: PowerUtilization;
  /** Where a query is a whole session of requests. */
  readonly session?: ResolvedSession;
}

/** A session with nothing left open. Its lengths, of a turn, are the regime's. */
export interface ResolvedSession {
  readonly rules: SessionRules;
  /** Distributions of its own variables, by the names of their streams. */
  readonly variables: Readonly<Partial<Record<SessionVariable, Distribution>>>;
  /** Share of sessions that reach what they were begun for. */
  readonly success: number;
}

/** Load by hour, and how nodes follow it. */
export interface ResolvedLoad {
  /** Name of a profile that ships, or of a file; empty for a list. */
  readonly profile: string;
  /** Load by hour, UTC, in any unit: 24 numbers, or 168 from Monday. */
  readonly hours: readonly number[];
  readonly peak_load: number;
  readonly growth: number;
  /** Least share of the owned nodes that serve; 1 for a static fleet. */
  readonly floor: number;
  readonly lag_h: number;
  /** Power of a node that serves nothing, and of one whose load goes to 0, over its power when full. */
  readonly parked: Distribution;
  readonly active: Distribution;
  readonly idle_to: 'query' | 'separate';
}

/** What is stated for impacts, by the names of its variables. */
export interface ResolvedImpact extends Readonly<Partial<Record<ImpactInput, Distribution>>> {
  /** What the numbers of the grid's emissions are; absent where none are stated. */
  readonly basis?: 'location' | 'market' | 'marginal';
  /** Of the prices; absent where none are stated. */
  readonly currency?: string;
}

/** Distributions of inputs by their names. */
type ResolvedInputs<I extends Input> = { readonly [K in I]: Distribution };

/** A distribution of its own, or coupled to throughput: `base + span * tps / max_tps` (see model/power.ts). */
export type PowerUtilization = { readonly coupled: { readonly base: number; readonly span: number } } | Distribution;

/** One way to serve outside production: each listed model at a constant throughput of one node. */
export interface ResolvedNonProduction {
  readonly name: string;
  readonly quantization: string;
  readonly models: readonly { readonly name: string; readonly tps: number }[];
}

export interface ResolvedBlend {
  readonly name: string;
  readonly members:
    | { readonly highest_median_energy: number }
    | { readonly models: readonly string[] }
    /** By regime, as chosen before: worlds pool the same models. */
    | { readonly chosen: Readonly<Record<string, readonly string[]>> };
}

/** What makes one world of a scenario: all that is shared is constant in it but for what is shared in part. */
export interface World {
  /** By variable: its normal scores are `shift` and `own` of those that queries draw. */
  readonly mixed: Readonly<Record<string, { readonly shift: number; readonly own: number }>>;
}

/** Energy divided by the product of the multipliers; a multiplier's name is also its random stream. */
export interface ResolvedPathway {
  readonly name: string;
  readonly multipliers: readonly { readonly name: string; readonly distribution: Distribution }[];
}

export interface ResolvedFleet {
  readonly blend: string;
  readonly queries_per_day: number;
  /** Utilisation scaling factor: non-uniform node use, interconnect and orchestration. */
  readonly beta: number;
  /** Factors of beta that are uncertain, under the names of their streams; `beta` has their means. */
  readonly beta_factors?: readonly { readonly name: string; readonly distribution: Distribution }[];
  /** Line-of-sight multiplier by regime name; empty when the scenario states none. */
  readonly line_of_sight: Readonly<Record<string, Distribution>>;
  readonly mixes: readonly { readonly name: string; readonly weights: Readonly<Record<string, number>> }[];
}

/** Figures of others to print beside ours. */
export interface Published {
  readonly source: string;
  readonly energy: readonly PublishedEnergy[];
  readonly fleet: readonly { readonly mix: string; readonly improvement: string; readonly gwh_per_day: number }[];
  /** Baseline median divided by the pathway's median, as a range. */
  readonly reductions: readonly { readonly pathway: string; readonly low: number; readonly high: number }[];
  /** Non-production energy divided by production energy, as a range. */
  readonly overstatement?: { readonly low: number; readonly high: number };
}

export interface PublishedEnergy {
  readonly regime: string;
  readonly subject: string;
  readonly pathway: string;
  readonly trim: 'none' | 'p14-p86';
  readonly p25?: number;
  readonly p50: number;
  readonly p75?: number;
}

/** A statistic that must lie within bounds, in every row of the summary that it names. */
export interface Expectation {
  /** A metric of the summary, or `energy_per_day` of the fleet, whose bounds are in GWh/day. */
  readonly metric: string;
  readonly statistic: ExpectedStatistic;
  readonly regime?: string;
  readonly subject?: string;
  readonly pathway: string;
  readonly trim: 'none' | 'p14-p86';
  /** Bounds of the statistic in its own unit, or of its ratio to an earlier result; at least one is there. */
  readonly low?: number;
  readonly high?: number;
  /** The formula that it is about; the first one if absent. */
  readonly formula?: string;
  /** Folder of the earlier result, as written. */
  readonly ratio_to?: string;
}

/** Statistics whose Monte Carlo error the summary tells. */
export type Statistic = 'mean' | 'iqr' | QuantileName;

/** What an expectation may be about: those, a day's total, and both ends of what worlds know of a median or a total. */
export type ExpectedStatistic = Statistic | 'total' | 'known_low' | 'known_high';
