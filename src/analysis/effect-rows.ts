import { DUMMY, type Effect, type OutputEffects } from '../sensitivity/problem.js';
import { finiteOrNull } from '../tables/finite.js';
import type { SensitivityRow } from '../tables/studies.js';
import { METHODS, type MethodName, type MethodOptions } from './methods.js';

/** What an effect is of. */
export interface EffectNames {
  readonly scenario: string;
  readonly regime: string;
  readonly kind: 'model' | 'blend';
  readonly subject: string;
  /** What is analysed, and its unit. */
  readonly metric: string;
  readonly unit: string;
  /** Of its energy; empty where nobody says. */
  readonly formula: string;
}

/** By which method effects were found. */
export interface EffectOptions extends Omit<MethodOptions, 'estimator'> {
  readonly method: MethodName;
  /** `closed form` where nothing was sampled. */
  readonly estimator: MethodOptions['estimator'] | 'closed form';
}

/** What a method says of one output, as rows of `sensitivity.arrow`: the largest effect first, the dummy last. */
export function effectRows(
  { scenario, regime, kind, subject, formula, ...of }: EffectNames,
  result: OutputEffects,
  options: EffectOptions,
): SensitivityRow[] {
  const { effect, powerOf2 } = METHODS[options.method];
  const size = ({ parameter, numbers }: Effect) => (parameter === DUMMY ? -1 : Math.abs(numbers[effect] ?? -0.5) || 0);
  const sorted = [...result.effects].sort((a, b) => size(b) - size(a));
  const isSampled = options.estimator !== 'closed form' && (powerOf2 || options.method === 'morris');
  const conf_level = isSampled ? options.confLevel : null;
  return sorted.map(({ parameter, numbers }) => ({
    ...{ scenario, regime, subject_kind: kind, subject },
    output: result.output,
    unit: unitIn(result.output, of),
    method: options.method === 'sobol' ? `sobol ${options.estimator}` : options.method,
    parameter,
    ...NO_NUMBERS,
    ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, finiteOrNull(value)])),
    conf_level,
    n: result.n,
    n_dropped: result.n_dropped,
    formula,
  }));
}

/** Of the metric itself or its logarithm; a target is a share. */
function unitIn(output: string, { metric, unit }: Pick<EffectNames, 'metric' | 'unit'>): string {
  if (output === metric) return unit;
  return output === `ln_${metric}` ? `ln(${unit})` : '1';
}

/** Every method's numbers; each row fills in its own. */
export const NO_NUMBERS = {
  s1: null,
  s1_conf: null,
  st: null,
  st_conf: null,
  s2: null,
  s2_conf: null,
  shapley: null,
  shapley_conf: null,
  mu: null,
  mu_star: null,
  mu_star_conf: null,
  sigma: null,
  low: null,
  high: null,
  base: null,
  swing: null,
  src: null,
  src_conf: null,
  r2: null,
  srrc: null,
  srrc_conf: null,
  r2_rank: null,
  median: null,
  median_conf: null,
  mean: null,
  maximum: null,
};
