import type { BootstrapOptions } from '../sensitivity/bootstrap.js';
import type { EstimatorName } from '../sensitivity/estimators/list.js';
import type { GivenData } from '../sensitivity/given-data.js';
import { morrisEffects } from '../sensitivity/morris.js';
import { pawnEffects, pawnOf } from '../sensitivity/pawn.js';
import type { OutputEffects, SensitivityProblem } from '../sensitivity/problem.js';
import { regressionEffects, regressionOf } from '../sensitivity/regression.js';
import { shapleyEffects } from '../sensitivity/shapley.js';
import { sobolIndices } from '../sensitivity/sobol.js';
import { tornado } from '../sensitivity/tornado.js';

/** What all methods are told; each takes what concerns it. */
export interface MethodOptions {
  readonly seed: string;
  /** Base sample of sobol, rows per subset of shapley, rows of regression and pawn, trajectories of morris. */
  readonly samples: number;
  readonly estimator: EstimatorName;
  readonly secondOrder: boolean;
  readonly resamples: number;
  readonly confLevel: number;
}

/** A method of sensitivity analysis. */
export interface Method {
  /** Default of `samples`. */
  readonly samples: number;
  /** Number by whose size the parameters are sorted. */
  readonly effect: 'st' | 'shapley' | 'mu_star' | 'swing' | 'srrc' | 'median';
  /** Whether it takes a distribution apart, and so can speak of thresholds. */
  readonly targets: boolean;
  /** Whether an input may stand for many numbers, as what a session draws in its turns does: it then has no high and low. */
  readonly groups: boolean;
  /** Whether `samples` must be a power of 2. */
  readonly powerOf2: boolean;
  /** Computations of the function of so many parameters. */
  computations(parameters: number, options: MethodOptions): number;
  run(problem: SensitivityProblem, options: MethodOptions): OutputEffects[];
  /** What it says of an input where nothing moves the output, which is `value` always. */
  ofConstant(value: number): Readonly<Record<string, number>>;
  /** The same from draws of a run; absent where the method needs a design of its own. */
  ofDraws?(data: GivenData, outputs: readonly string[], options: BootstrapOptions): OutputEffects[];
}

/** Sensitivity analyses by name, as `tokenjoule analyze --method` takes them. */
export type MethodName = 'sobol' | 'morris' | 'tornado' | 'regression' | 'pawn' | 'shapley';

// P5 and P95: quantiles at 0 and 1 would be infinite. Slices: Pianosi and Wagener 2018 recommend about 10. Levels: Morris 1991.
const RANGE = [0.05, 0.95] as const;
const SLICES = 10;
const LEVELS = 4;

const SAMPLE = { targets: true, powerOf2: true, groups: false } as const;
const ONE_AT_A_TIME = { targets: false, powerOf2: false, groups: false } as const;

/** What each analysis is: the samples it takes unless told, the effect that ranks its inputs, and how to run it. */
export const METHODS: Readonly<Record<MethodName, Method>> = {
  sobol: {
    ...SAMPLE,
    groups: true,
    samples: 2 ** 14,
    effect: 'st',
    computations: (k, { samples, secondOrder }) => samples * ((secondOrder ? 2 * k : k) + 2),
    ofConstant: () => ({ s1: 0, s1_conf: 0, st: 0, st_conf: 0 }),
    run: (problem, options) => sobolIndices(problem, { ...options, points: 'sobol' }),
  },
  morris: {
    ...ONE_AT_A_TIME,
    samples: 1000,
    effect: 'mu_star',
    computations: (k, { samples }) => samples * (k + 1),
    ofConstant: () => ({ mu: 0, mu_star: 0, mu_star_conf: 0, sigma: 0 }),
    run: (problem, options) =>
      morrisEffects(problem, { ...options, trajectories: options.samples, levels: LEVELS, range: RANGE }),
  },
  tornado: {
    ...ONE_AT_A_TIME,
    samples: 1,
    effect: 'swing',
    computations: (k) => 2 * k + 1,
    ofConstant: (value) => ({ low: value, high: value, base: value, swing: 0 }),
    run: (problem) => tornado(problem, RANGE),
  },
  regression: {
    ...SAMPLE,
    samples: 2 ** 14,
    effect: 'srrc',
    computations: (_, { samples }) => samples,
    ofConstant: () => ({ src: 0, src_conf: 0, srrc: 0, srrc_conf: 0 }),
    run: (problem, options) => regressionEffects(problem, { ...options, points: 'sobol' }),
    ofDraws: regressionOf,
  },
  pawn: {
    ...SAMPLE,
    samples: 2 ** 14,
    effect: 'median',
    computations: (_, { samples }) => samples,
    ofConstant: () => ({ median: 0, median_conf: 0, mean: 0, maximum: 0 }),
    run: (problem, options) => pawnEffects(problem, { ...options, points: 'sobol', slices: SLICES }),
    ofDraws: (data, outputs, options) => pawnOf(data, outputs, { ...options, slices: SLICES }),
  },
  shapley: {
    ...SAMPLE,
    groups: true,
    samples: 2 ** 13,
    effect: 'shapley',
    computations: (k, { samples }) => samples * (2 ** k + 1),
    ofConstant: () => ({ shapley: 0, shapley_conf: 0 }),
    run: (problem, options) => shapleyEffects(problem, { ...options, points: 'sobol' }),
  },
};
