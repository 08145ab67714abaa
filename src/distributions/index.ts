import { type BetaParameters, beta } from './beta.js';
import type { Bounds } from './bounds.js';
import { type CdfParameters, cdf } from './cdf.js';
import { type ConstantParameters, constant } from './constant.js';
import type { Family } from './distribution.js';
import { type EmpiricalParameters, empirical } from './empirical.js';
import { type ExponentialParameters, exponential } from './exponential.js';
import { type GammaParameters, gamma } from './gamma.js';
import { type LognormalParameters, lognormal } from './lognormal.js';
import { type LoguniformParameters, loguniform } from './loguniform.js';
import type { MixtureParameters } from './mixture.js';
import { type NormalParameters, normal } from './normal.js';
import { type PertParameters, pert } from './pert.js';
import { type RecordedParameters, recorded } from './recorded.js';
import { type TriangularParameters, triangular } from './triangular.js';
import { type UniformParameters, uniform } from './uniform.js';
import { type WeibullParameters, weibull } from './weibull.js';

/** The families and their parameters. To add one: its file, one line here and one in `families`. */
export interface FamilyParameters {
  readonly constant: ConstantParameters;
  readonly uniform: UniformParameters;
  readonly loguniform: LoguniformParameters;
  readonly normal: NormalParameters;
  readonly lognormal: LognormalParameters;
  readonly triangular: TriangularParameters;
  readonly exponential: ExponentialParameters;
  readonly gamma: GammaParameters;
  readonly weibull: WeibullParameters;
  readonly beta: BetaParameters;
  readonly pert: PertParameters;
  readonly cdf: CdfParameters;
  readonly empirical: EmpiricalParameters;
  readonly recorded: RecordedParameters;
}

export type FamilyName = keyof FamilyParameters;

export const families: { readonly [K in FamilyName]: Family<FamilyParameters[K]> } = {
  constant,
  uniform,
  loguniform,
  normal,
  lognormal,
  triangular,
  exponential,
  gamma,
  weibull,
  beta,
  pert,
  cdf,
  empirical,
  recorded,
};

/** A member of one family, perhaps truncated: plain data that can be cloned, compared and written as JSON. */
export type Simple<K extends FamilyName = FamilyName> = {
  [N in K]: { readonly family: N; readonly parameters: FamilyParameters[N] } & Bounds;
}[K];

/** Several distributions by weight, perhaps truncated as a whole. */
export interface Mixture extends Bounds {
  readonly family: 'mixture';
  readonly parameters: MixtureParameters<Distribution>;
}

/** What a scenario says about one uncertain number. */
export type Distribution = Simple | Mixture;

/** A scenario may write these names; a column of a file is written as `empirical`. */
export const familyNames: readonly string[] = [
  ...Object.keys(families).filter((name) => name !== 'recorded'),
  'mixture',
];
