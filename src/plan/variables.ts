import type { Distribution } from '../distributions/index.js';
import { IMPACT_INPUTS, isImpactInput } from '../model/impact/inputs.js';
import { MODEL_PARAMETER_NAMES } from '../model/model-parameters.js';
import { LINE_OF_SIGHT } from '../model/pathway.js';
import { MODEL_INPUTS, REGIME_INPUTS } from '../model/quantities.js';
import type { HardwareFactor } from '../model/throughput/hardware-factor.js';
import type { RequestCosts } from '../model/throughput/request-cost.js';
import type { Throughput } from '../model/throughput/throughput.js';
import type {
  ResolvedFleet,
  ResolvedImpact,
  ResolvedModel,
  ResolvedRegime,
  ResolvedScenario,
} from '../scenario/resolved.js';
import { OFFLINE_TO_SERVICE } from './offline-to-service.js';
import { costVariable, residualVariable } from './request-cost.js';
import { tpsVariable } from './services.js';

/** Puts another distribution in the place of a variable's. */
export type Replace = (variable: string, distribution: Distribution) => Distribution;

/** A scenario with other distributions in the places of its variables. */
export function withVariables(scenario: ResolvedScenario, replace: Replace): ResolvedScenario {
  const { models, regimes, pathways, fleet, impact } = scenario;
  return {
    ...scenario,
    models: models.map((model) => modelWith(model, replace)),
    regimes: regimes.map((regime) => regimeWith(regime, replace)),
    pathways: pathways.map(({ name, multipliers }) => ({
      name,
      multipliers: multipliers.map((one) => ({
        name: one.name,
        distribution: replace(`pathways.${one.name}`, one.distribution),
      })),
    })),
    ...(impact && { impact: impactWith(impact, replace) }),
    ...(fleet && { fleet: fleetWith(fleet, replace) }),
  };
}

/** Calls `visit` with every variable and each of its distributions. */
export function forEachVariable(
  scenario: ResolvedScenario,
  visit: (variable: string, distribution: Distribution) => void,
): void {
  withVariables(scenario, (variable, distribution) => {
    visit(variable, distribution);
    return distribution;
  });
}

function modelWith(model: ResolvedModel, replace: Replace): ResolvedModel {
  const inputs = MODEL_INPUTS.map((input) => [input, replace(input, model[input])]);
  const parameters = MODEL_PARAMETER_NAMES.flatMap((name) => {
    const distribution = model[name];
    return distribution ? [[name, replace(`models.${model.name}.${name}`, distribution)]] : [];
  });
  const throughput = throughputWith(model.name, model.throughput, replace);
  return { ...model, ...Object.fromEntries([...inputs, ...parameters]), throughput };
}

function impactWith(impact: ResolvedImpact, replace: Replace): ResolvedImpact {
  const entries = Object.entries(impact).map(([input, distribution]) => [
    input,
    isImpactInput(input) ? replace(IMPACT_INPUTS[input].key, distribution) : distribution,
  ]);
  return Object.fromEntries(entries);
}

function throughputWith(model: string, throughput: Throughput, replace: Replace): Throughput {
  if (throughput.method === 'given') return { ...throughput, tps: replace(tpsVariable(model), throughput.tps) };
  const { offline_to_service: service } = throughput;
  const served = {
    ...(service && { offline_to_service: replace(OFFLINE_TO_SERVICE, service) }),
    ...(throughput.hardware_factors && { hardware_factors: factorsWith(throughput.hardware_factors, replace) }),
  };
  if (throughput.method !== 'request-cost') return { ...throughput, ...served };
  const costOf = (cost: keyof RequestCosts) => replace(costVariable(model, cost), throughput.costs[cost]);
  const costs = { a: costOf('a'), b: costOf('b'), c: costOf('c'), w: costOf('w') };
  const { uncertain } = throughput;
  const residual = uncertain && replace(residualVariable(model), uncertain.residual);
  return { ...throughput, costs, ...served, ...(residual && { uncertain: { ...uncertain, residual } }) };
}

function factorsWith(factors: readonly HardwareFactor[], replace: Replace): HardwareFactor[] {
  return factors.map(({ variable, distribution }) => ({ variable, distribution: replace(variable, distribution) }));
}

function regimeWith(regime: ResolvedRegime, replace: Replace): ResolvedRegime {
  const inputs = REGIME_INPUTS.flatMap((input) => {
    const distribution = regime[input];
    return distribution === undefined || 'coupled' in distribution ? [] : [[input, replace(input, distribution)]];
  });
  return { ...regime, ...Object.fromEntries(inputs) };
}

function fleetWith(fleet: ResolvedFleet, replace: Replace): ResolvedFleet {
  const { line_of_sight, beta_factors } = fleet;
  const improved = Object.entries(line_of_sight).map(([regime, distribution]) => [
    regime,
    replace(`pathways.${LINE_OF_SIGHT}`, distribution),
  ]);
  return {
    ...fleet,
    line_of_sight: Object.fromEntries(improved),
    ...(beta_factors && {
      beta_factors: beta_factors.map(({ name, distribution }) => ({ name, distribution: replace(name, distribution) })),
    }),
  };
}
