import { MODEL_INPUTS, REGIME_INPUTS } from '../../model/quantities.js';
import type { PowerUtilization, ResolvedModel, ResolvedRegime } from '../resolved.js';

/** A correlation says nothing of a variable that is not drawn: which those are, where, and why, in words. */
export function idleCorrelations(
  variables: readonly string[],
  regimes: readonly ResolvedRegime[],
  models: readonly ResolvedModel[],
): string[] {
  return variables.flatMap((variable) => {
    const reasons = stated(variable, regimes, models).flatMap(({ where, value }) => {
      const reason = reasonOf(value);
      return reason === undefined ? [] : [`${reason} in ${where}`];
    });
    if (reasons.length === 0) return [];
    return [`correlation: ${variable} ${reasons.join(', ')}: stated correlations with it change nothing there`];
  });
}

function stated(
  variable: string,
  regimes: readonly ResolvedRegime[],
  models: readonly ResolvedModel[],
): { where: string; value: PowerUtilization | undefined }[] {
  const ofModel = MODEL_INPUTS.find((name) => name === variable);
  if (ofModel) return models.map((model) => ({ where: model.name, value: model[ofModel] }));
  const own = REGIME_INPUTS.find((name) => name === variable);
  return own ? regimes.map((regime) => ({ where: regime.name, value: regime[own] })) : [];
}

function reasonOf(value: PowerUtilization | undefined): string | undefined {
  if (value === undefined) return 'is not stated';
  if ('coupled' in value) return 'follows the throughput';
  return value.family === 'constant' ? 'is constant' : undefined;
}
