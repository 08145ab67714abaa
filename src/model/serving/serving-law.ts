import { exp, ln } from '../../distributions/elementary.js';
import { posteriorMode } from '../throughput/posterior-mode.js';
import type { LnNormal } from '../throughput/request-cost-prior.js';
import { type Deployment, inFlight, type ServedQueries } from './deployment.js';
import { belowRows, fitPowerAtLoad, type PowerAtLoad, powerShare } from './power-at-load.js';
import { SHARED_PARTS, type Sparsity, STEP_PARTS, type StepPart, stepFactors } from './step-parts.js';

/** One measured operating point of a server: what it served and what it used. */
export interface ServingRow {
  /** What shares an origin; the rows of one family are left out together. */
  readonly family: string;
  readonly accelerator: string;
  readonly deployment: Deployment;
  readonly queries: ServedQueries;
  /** Whether the input length is another data set's, as the row states none: then it tells nothing of prefill. */
  readonly input_is_assumed: boolean;
  /** Output tokens per second of the group. */
  readonly tps: number;
  /** Of all accelerators of the group together, W; absent where it was not measured. */
  readonly power_w?: number;
}

/** What pooled tables of other models tell of arithmetic before any server is seen. */
export interface ArithmeticPriors {
  readonly prefill: LnNormal;
  readonly compute: LnNormal;
  readonly sparsity: Sparsity;
}

/** How many times its size at peak each part of a step takes, and what the accelerators draw. */
export interface ServingLaw {
  /** In the order of `STEP_PARTS`. */
  readonly multiples: readonly number[];
  readonly sparsity: Sparsity;
  /** Standard deviation of ln of what prefill takes, which rows that state no input length cannot tell. */
  readonly prefill_sd: number;
  readonly power: PowerAtLoad;
  /** Fewest queries in flight of the rows. */
  readonly fewest_in_flight: number;
}

/** What of the law decides how long a step takes. */
type Timing = Pick<ServingLaw, 'multiples' | 'sparsity'>;

/**
 * What is known of a part before rows: ln of a median and a standard deviation. A server reads weights at 0.8 of the bandwidth and
 * caches at 0.7 (fleet-sim's profiles, arXiv 2602.05116); of layers, casts, links and sequences next to nothing.
 */
const PRIORS: Readonly<Record<Exclude<StepPart, 'prefill' | 'compute'>, LnNormal>> = {
  layers: { mean: 0, sd: 1 },
  casts: { mean: -1, sd: 1 },
  links: { mean: -1, sd: 1 },
  weights: { mean: -ln(0.8), sd: 0.7 },
  context: { mean: -ln(0.7), sd: 0.7 },
  sequences: { mean: 0, sd: 1.5 },
};

/** Where prefill stands among the parts. */
const PREFILL = STEP_PARTS.indexOf('prefill');

/** Scale of the Student t loss of a step's time, in ln: configurations differ by about as much. */
const SCALE = 0.3;

/** A standard deviation that leaves a part where its prior has it. */
const HELD_SD = 0.02;

/**
 * Fits the law to rows of servers, none of which may be of what is to be predicted. Prefill stays as its prior has it unless a row
 * states its input length. Power is fitted at the loads that the law then tells.
 */
export function fitServingLaw(
  rows: readonly ServingRow[],
  { sparsity, prefill, compute }: ArithmeticPriors,
): ServingLaw {
  const isTold = rows.some(({ input_is_assumed }) => !input_is_assumed);
  const arithmetic = { compute, prefill: { mean: prefill.mean, sd: isTold ? prefill.sd : HELD_SD } };
  const priors = STEP_PARTS.map((part) => ({ ...PRIORS, ...arithmetic })[part]);
  const observations = rows.map(({ deployment, queries, tps }) => ({
    factors: stepFactors(deployment, queries, sparsity),
    lnSum: ln((inFlight(deployment, queries) * deployment.tokens_per_step) / tps),
  }));
  const prior = priors.map(({ mean, sd }, i) => ({ of: priors.map((_, k) => (i === k ? 1 : 0)), mean, sd }));
  const mode = posteriorMode(
    { observations, prior, scale: SCALE },
    priors.map(({ mean }) => mean),
  );
  const timing = { multiples: mode.theta.map(exp), sparsity };
  const prefill_sd = isTold ? Math.sqrt(mode.covariance[PREFILL][PREFILL]) : prefill.sd;
  const fewest_in_flight = Math.min(...rows.map(({ deployment, queries }) => inFlight(deployment, queries)));
  return {
    ...timing,
    prefill_sd,
    fewest_in_flight,
    power: fitPowerAtLoad(rows.flatMap((row) => powerOf(row, timing))),
  };
}

function powerOf({ deployment, queries, power_w }: ServingRow, timing: Timing) {
  if (power_w === undefined) return [];
  return [{ load: stepTime(timing, deployment, queries).load, share: power_w / ratedPowerW(deployment) }];
}

function ratedPowerW({ tdp_w, gpu_count }: Deployment): number {
  return tdp_w * gpu_count;
}

/** One step of a server at steady state. */
export interface StepTime {
  readonly seconds: number;
  /** Share of the step that grows with the queries in flight: throughput over that of a server whose weights cost nothing. */
  readonly load: number;
  /** Share of the step that prefill takes. */
  readonly prefill: number;
}

/** The time that one step takes. */
export function stepTime({ multiples, sparsity }: Timing, deployment: Deployment, queries: ServedQueries): StepTime {
  const parts = stepFactors(deployment, queries, sparsity).map((factor, i) => factor * multiples[i]);
  const seconds = parts.reduce((sum, part) => sum + part, 0);
  const shared = parts.reduce((sum, part, i) => (SHARED_PARTS.includes(STEP_PARTS[i]) ? sum + part : sum), 0);
  return { seconds, load: 1 - shared / seconds, prefill: parts[PREFILL] / seconds };
}

/** What a server does at steady state, before anything is known of it but sizes and hardware. */
export interface PredictedServing {
  /** Output tokens per second of the group. */
  readonly tps: number;
  /** Of all accelerators together, W. */
  readonly power_w: number;
  /** At the accelerators' boards, per query, Wh. */
  readonly energy_wh: number;
}

/** What the law says of a deployment: the median of what is known. */
export function predictServing(law: ServingLaw, deployment: Deployment, queries: ServedQueries): PredictedServing {
  const { seconds, load } = stepTime(law, deployment, queries);
  const flight = inFlight(deployment, queries);
  const tps = (flight * deployment.tokens_per_step) / seconds;
  const share = powerShare(law.power, load) * belowRows(flight, law.fewest_in_flight);
  const power_w = share * ratedPowerW(deployment);
  return { tps, power_w, energy_wh: (power_w * queries.output_tokens) / tps / 3600 };
}
