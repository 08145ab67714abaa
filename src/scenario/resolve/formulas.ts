import { distributionText } from '../../distributions/text.js';
import type { Path } from '../../errors.js';
import type { Formula, FormulaSymbol } from '../../model/formulas/formula.js';
import { FORMULAS, type FormulaName } from '../../model/formulas/index.js';
import { isModelParameter } from '../../model/model-parameters.js';
import { OPTIONAL_INPUTS } from '../../model/quantities.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedModel, ResolvedRegime } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** The scenario's formulas. Complains of what one needs and nobody says, and of one that would stand twice. */
export function resolveFormulas(
  { formulas, models: stated }: Scenario,
  { models, regimes }: { readonly models: readonly ResolvedModel[]; readonly regimes: readonly ResolvedRegime[] },
  complain: Complain,
): readonly FormulaName[] | undefined {
  formulas?.forEach((name, i) => {
    const formula: Formula = FORMULAS[name];
    const place: Path = ['formulas', i];
    const placeOf = (model: string): Path => (stated ? ['models', model] : place);
    for (const model of models) {
      for (const [path, text] of lacksOfModel(formula, model)) complain([...placeOf(model.name), ...path], text, 'key');
    }
    for (const regime of regimes) for (const text of lacksOfRegime(formula, regime)) complain(place, text);
  });
  const isOwn = models.every(({ throughput }) => throughput.method === 'request-cost');
  if (isOwn && formulas?.includes('oviedo') && formulas.includes('request-cost'))
    complain(['formulas'], 'oviedo stands for throughput.form, which is request-cost: leave one of the two out');
  return formulas;
}

/** A complaint, and where below a model it is. */
type Lack = readonly [path: Path, text: string];

/** What a formula takes of a model that it has not, or not as it must be. */
function lacksOfModel(formula: Formula, model: ResolvedModel): Lack[] {
  const { name } = model;
  const missing = (symbol: string): Lack => [
    [],
    `${formula.name} needs ${symbol} of ${name}; state it under models, or leave the formula out`,
  ];
  const ofModel = formula.takes.filter(isModelParameter).flatMap((parameter): Lack[] => {
    const distribution = model[parameter];
    if (distribution === undefined) return [missing(parameter)];
    if (distribution.family === 'constant' || !mustBeConstant(formula, parameter)) return [];
    return [[[parameter], `${formula.name} takes one number; found ${distributionText(distribution)}`]];
  });
  const hasCosts = model.throughput.method === 'request-cost' || model.request_cost !== undefined;
  return formula.name === 'request-cost' && !hasCosts ? [...ofModel, missing('rows, or node_seconds,')] : ofModel;
}

/** What a formula takes of a query that its kind does not state, or not as it must be. */
function lacksOfRegime(formula: Formula, regime: ResolvedRegime): string[] {
  return OPTIONAL_INPUTS.filter((input) => formula.takes.includes(input)).flatMap((input) => {
    const distribution = regime[input];
    const where = `state it at the top level or under regimes.${regime.name}, or leave the formula out`;
    if (distribution === undefined) return [`${formula.name} needs ${input} of ${regime.name}; ${where}`];
    if (distribution.family === 'constant' || !mustBeConstant(formula, input)) return [];
    return [`${formula.name} takes ${input} as one number; ${regime.name} has ${distributionText(distribution)}`];
  });
}

function mustBeConstant({ constant = [] }: Formula, symbol: FormulaSymbol): boolean {
  return constant.includes(symbol);
}
