import { MODEL_PARAMETER_NAMES, type ModelParameter } from '../model/model-parameters.js';
import { MODEL_INPUTS, type ModelInput, REGIME_INPUTS } from '../model/quantities.js';
import type { ResolvedModel, ResolvedRegime, ResolvedScenario } from '../scenario/resolved.js';

const OF_REGIMES = [...REGIME_INPUTS, 'session'] as const;
const OF_MODELS = [...MODEL_INPUTS, ...MODEL_PARAMETER_NAMES, 'throughput'] as const;

/** What is said once for all nodes, and may be left out. */
const OF_SITE = ['load', 'pools', 'power_management'] as const;

/** What can differ between two scenarios and change the energy of a query; `models` is which there are, blends included. */
export type DifferingParameter =
  | (typeof OF_REGIMES)[number]
  | (typeof OF_MODELS)[number]
  | (typeof OF_SITE)[number]
  | 'formulas'
  | 'models'
  | 'correlation';

/** The parameters in which two scenarios differ, in the regimes and models that both have. */
export function differingParameters(a: ResolvedScenario, b: ResolvedScenario): DifferingParameter[] {
  const regimes = commonRegimes(a, b);
  const models = a.models.flatMap((one) =>
    b.models.filter(({ name }) => name === one.name).map((other) => [one, other]),
  );
  return [
    ...OF_REGIMES.filter((key) => regimes.some(([one, other]) => differ(one[key], other[key]))),
    ...OF_MODELS.filter((key) => models.some(([one, other]) => differ(one[key], other[key]))),
    ...OF_SITE.filter((key) => differ(a[key], b[key])),
    ...(differ(a.formulas, b.formulas) ? (['formulas'] as const) : []),
    ...(differ(listOf(a), listOf(b)) ? (['models'] as const) : []),
    ...(differ(a.correlation, b.correlation) ? (['correlation'] as const) : []),
  ];
}

/** Scenario A with some parameters from B, in the regimes that both have. All of them make it B, none leave it A. */
export function hybridOf(
  a: ResolvedScenario,
  b: ResolvedScenario,
  fromB: ReadonlySet<DifferingParameter>,
): ResolvedScenario {
  const source = (key: DifferingParameter) => (fromB.has(key) ? b : a);
  const { models, blends } = source('models');
  const { correlation } = source('correlation');
  const { formulas } = source('formulas');
  const { load } = source('load');
  const { pools } = source('pools');
  const { power_management } = source('power_management');
  const { correlation: _, formulas: __, fleet: ___, load: ____, pools: _____, power_management: ______, ...rest } = a;
  return {
    ...rest,
    models: models.map(({ name }) => hybridModel(name, a, b, source)),
    regimes: commonRegimes(a, b).map(([one, other]) => hybridRegime(one, other, fromB)),
    blends,
    non_production: [],
    ...(formulas && { formulas }),
    ...(load && { load }),
    ...(pools && { pools }),
    ...(power_management && { power_management }),
    ...(correlation && { correlation }),
  };
}

function hybridModel(
  name: string,
  a: ResolvedScenario,
  b: ResolvedScenario,
  source: (key: DifferingParameter) => ResolvedScenario,
): ResolvedModel {
  const find = (scenario: ResolvedScenario) => scenario.models.find((model) => model.name === name);
  const model = (key: DifferingParameter) => (find(source(key)) ?? find(a) ?? find(b))!;
  return {
    name,
    ...(Object.fromEntries(MODEL_INPUTS.map((input) => [input, model(input)[input]])) as Pick<
      ResolvedModel,
      ModelInput
    >),
    ...parametersOf(MODEL_PARAMETER_NAMES.map((key) => [key, model(key)[key] ?? find(b)?.[key] ?? find(a)?.[key]])),
    ...requestCostOf(model('throughput')),
    throughput: model('throughput').throughput,
  };
}

/** What only one of the two states of a model, a formula of that one may take. */
function parametersOf(
  stated: readonly (readonly [ModelParameter, ResolvedModel[ModelParameter]])[],
): Pick<ResolvedModel, ModelParameter> {
  return Object.fromEntries(stated.filter(([, distribution]) => distribution !== undefined));
}

function requestCostOf({ request_cost }: ResolvedModel): Pick<ResolvedModel, 'request_cost'> {
  return request_cost ? { request_cost } : {};
}

function hybridRegime(
  one: ResolvedRegime,
  other: ResolvedRegime,
  fromB: ReadonlySet<DifferingParameter>,
): ResolvedRegime {
  const chosen = OF_REGIMES.filter((key) => fromB.has(key));
  return { ...one, ...Object.fromEntries(chosen.map((key) => [key, other[key]])) };
}

function commonRegimes(a: ResolvedScenario, b: ResolvedScenario): (readonly [ResolvedRegime, ResolvedRegime])[] {
  return a.regimes.flatMap((one) =>
    b.regimes.filter(({ name }) => name === one.name).map((other) => [one, other] as const),
  );
}

function listOf({ models, blends }: ResolvedScenario): unknown {
  return [models.map(({ name }) => name), blends];
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
