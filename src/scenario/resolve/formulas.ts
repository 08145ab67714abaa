import type { Formula } from '../../model/formulas/formula.js';
import { FORMULAS, type FormulaName } from '../../model/formulas/index.js';
import { isModelParameter } from '../../model/quantities.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedModel } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** The scenario's formulas. Complains of what one needs of a model that nobody says, and of one that would stand twice. */
export function resolveFormulas(
  { formulas, models: stated }: Scenario,
  models: readonly ResolvedModel[],
  complain: Complain,
): readonly FormulaName[] | undefined {
  formulas?.forEach((name, i) => {
    const lack = lacking(name, models);
    if (lack !== undefined) {
      const { model, symbol } = lack;
      const where = stated ? ['models', model] : ['formulas', i];
      complain(where, `${name} needs ${symbol} of ${model}; state it under models, or leave the formula out`, 'key');
    }
  });
  const isOwn = models.every(({ throughput }) => throughput.method === 'request-cost');
  if (isOwn && formulas?.includes('oviedo') && formulas.includes('request-cost'))
    complain(['formulas'], 'oviedo stands for throughput.form, which is request-cost: leave one of the two out');
  return formulas;
}

/** The first model that lacks something that a formula takes. */
function lacking(name: FormulaName, models: readonly ResolvedModel[]) {
  const formula: Formula = FORMULAS[name];
  const parameters = formula.takes.filter(isModelParameter);
  for (const model of models) {
    const symbol = parameters.find((parameter) => model[parameter] === undefined);
    if (symbol !== undefined) return { model: model.name, symbol };
    if (name === 'request-cost' && model.throughput.method !== 'request-cost' && model.request_cost === undefined)
      return { model: model.name, symbol: 'rows, or node_seconds,' };
  }
  return undefined;
}
