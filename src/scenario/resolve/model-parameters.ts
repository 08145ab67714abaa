import type { Distribution } from '../../distributions/index.js';
import type { Aliases } from '../../model/catalogue/aliases.js';
import { catalogueModel } from '../../model/catalogue/models.js';
import { figure } from '../../model/catalogue/records.js';
import type { Formula } from '../../model/formulas/formula.js';
import { FORMULAS } from '../../model/formulas/index.js';
import { isModelParameter, MODEL_PARAMETER_NAMES, type ModelParameter } from '../../model/model-parameters.js';
import { listText } from '../../words.js';
import type { ResolvedModel } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** What is known of a model by itself: what the scenario states, and for its formulas what models.csv has by the model's name. */
export function modelParameters(
  name: string,
  scenario: Scenario,
  aliases: () => Aliases,
): Pick<ResolvedModel, ModelParameter> {
  const taken = takenParameters(scenario);
  const known = MODEL_PARAMETER_NAMES.flatMap((parameter) => {
    const distribution =
      scenario.models?.[name]?.[parameter] ?? (taken.has(parameter) && shipped(name, parameter, aliases));
    return distribution ? [[parameter, distribution] as const] : [];
  });
  return Object.fromEntries(known);
}

/** Says of which models formulas take parameters that nobody states but models.csv; undefined where there are none. */
export function shippedParameters(
  scenario: Scenario,
  models: readonly ResolvedModel[],
  aliases: () => Aliases,
): string | undefined {
  const taken = [...takenParameters(scenario)];
  const names = models.map(({ name }) => name);
  const found = names.filter((name) =>
    taken.some((one) => !scenario.models?.[name]?.[one] && shipped(name, one, aliases) !== undefined),
  );
  return found.length === 0 ? undefined : `formulas take the parameters of ${listText(found)} from models.csv`;
}

function takenParameters({ formulas }: Scenario): ReadonlySet<ModelParameter> {
  const symbols = (formulas ?? []).flatMap((name) => {
    const formula: Formula = FORMULAS[name];
    return formula.takes;
  });
  return new Set(symbols.filter(isModelParameter));
}

function shipped(name: string, parameter: ModelParameter, aliases: () => Aliases): Distribution | undefined {
  if (parameter !== 'active_params_b' && parameter !== 'total_params_b') return undefined;
  const row = catalogueModel(name, aliases());
  const value = 'found' in row ? figure(row.found, parameter) : undefined;
  return value === undefined ? undefined : { family: 'constant', parameters: { value } };
}
