import { exp, ln } from '../distributions/elementary.js';
import type { Distribution } from '../distributions/index.js';
import { supportOf } from '../distributions/support.js';
import { type ReferenceModel, referenceModel } from '../kernel/reference/reference.js';
import { type ColumnIndex, type Plan, planModels } from '../plan/plan.js';
import { scoreMatrix } from '../random/correlated-streams.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SensitivityProblem } from '../sensitivity/problem.js';
import type { Subject } from './subjects.js';

/** Name of the choice of a query's model, the blend's own uncertainty. */
export const MEMBER = 'model';

/** A condition on energy whose truth is an output: 1 where energy exceeds so many Wh. */
export interface Threshold {
  readonly text: string;
  readonly wh: number;
}

/**
 * Energy of one subject as a function of its uncertain inputs: outputs `energy` (Wh) and `ln_energy`, then one indicator for
 * each threshold. A blend has one more parameter, `model`: which of its members, with equal shares, answers the query.
 *
 * Parameters bear the scenario's names of variables. Where models draw one variable from several distributions by the same
 * uniform number, its values are those uniform numbers.
 */
export async function energyProblem(
  scenario: ResolvedScenario,
  subject: Subject,
  thresholds: readonly Threshold[] = [],
): Promise<SensitivityProblem> {
  const plan = planOf(scenario, subject);
  const model = await referenceModel(plan);
  drawConstants(plan, model);
  const variables = variablesOf(plan);
  const blend = subject.members.length > 1;
  const correlation = correlationOf(scenario, variables, blend);
  const lnEnergy = new Float64Array(BLOCK_SIZE);
  return {
    parameters: [...variables.map(({ name }) => name), ...(blend ? [MEMBER] : [])],
    outputs: ['energy', 'ln_energy', ...thresholds.map(({ text }) => text)],
    ...(correlation && { correlation }),
    quantile: (j, uniforms, values, n) => {
      if (j < variables.length) drawVariable(plan, model, variables[j], uniforms, values, n);
      else for (let i = 0; i < n; i++) values[i] = Math.floor(uniforms[i] * plan.cells.length);
    },
    evaluate: (values, n, [energy, ln_energy, ...indicators]) => {
      variables.forEach((variable, j) => {
        setVariable(plan, model, variable, values[j], n);
      });
      model.compute(n);
      collect(model, blend ? values[variables.length] : undefined, n, lnEnergy);
      ln_energy.set(lnEnergy.subarray(0, n));
      for (let i = 0; i < n; i++) energy[i] = exp(lnEnergy[i]);
      thresholds.forEach(({ wh }, t) => {
        for (let i = 0; i < n; i++) indicators[t][i] = energy[i] > wh ? 1 : 0;
      });
    },
  };
}

/** An uncertain variable and the columns drawn by its uniform numbers. */
interface Variable {
  readonly name: string;
  readonly columns: readonly ColumnIndex[];
}

function planOf(scenario: ResolvedScenario, { regime, members }: Subject): Plan {
  const models = members.map((name) => scenario.models.find((model) => model.name === name)!);
  return planModels({ ...scenario, regimes: [regime], models, non_production: [], samples: BLOCK_SIZE });
}

function isUncertain(distribution: Distribution): boolean {
  const [low, high] = supportOf(distribution);
  return low < high;
}

function variablesOf({ columns }: Plan): Variable[] {
  const uncertain = columns.flatMap(({ variable, distribution }, index) =>
    isUncertain(distribution) ? [{ variable, index }] : [],
  );
  const names = [...new Set(uncertain.map(({ variable }) => variable))];
  return names.map((name) => ({
    name,
    columns: uncertain.filter(({ variable }) => variable === name).map(({ index }) => index),
  }));
}

function drawConstants(plan: Plan, model: ReferenceModel): void {
  model.uniforms.fill(0.5);
  plan.columns.forEach((column, index) => {
    if (!isUncertain(column.distribution)) model.draw(index, BLOCK_SIZE);
  });
}

function correlationOf(
  { correlation }: ResolvedScenario,
  variables: readonly Variable[],
  blend: boolean,
): number[][] | undefined {
  if (!correlation) return undefined;
  const scores = scoreMatrix(correlation.rank);
  const positions = [...variables.map(({ name }) => correlation.variables.indexOf(name)), ...(blend ? [-1] : [])];
  const matrix = positions.map((p, i) => positions.map((q, j) => (i === j ? 1 : p < 0 || q < 0 ? 0 : scores[p][q])));
  return matrix.some((row, i) => row.some((value, j) => i !== j && value !== 0)) ? matrix : undefined;
}

function drawVariable(
  plan: Plan,
  model: ReferenceModel,
  { columns }: Variable,
  uniforms: Float64Array,
  values: Float64Array,
  n: number,
): void {
  const own = uniforms.subarray(0, n);
  if (columns.length > 1) values.set(own);
  else drawColumn(plan, model, columns[0], own, values);
}

function drawColumn(
  plan: Plan,
  { layout, uniforms: ofBlock, draw }: ReferenceModel,
  column: ColumnIndex,
  uniforms: Float64Array,
  values: Float64Array,
): void {
  const n = uniforms.length;
  ofBlock.set(uniforms);
  draw(column, n);
  const lnValue = layout.ln[column];
  if (plan.columns[column].scale !== 'factor') values.set(layout.value[column].subarray(0, n));
  else for (let i = 0; i < n; i++) values[i] = exp(lnValue[i]);
}

function setVariable(
  plan: Plan,
  { layout, uniforms, draw }: ReferenceModel,
  { columns }: Variable,
  values: Float64Array,
  n: number,
): void {
  if (columns.length > 1) {
    uniforms.set(values.subarray(0, n));
    for (const column of columns) draw(column, n);
    return;
  }
  const [column] = columns;
  if (plan.columns[column].scale !== 'factor') layout.value[column].set(values.subarray(0, n));
  const lnValue = layout.ln[column];
  for (let i = 0; i < n; i++) lnValue[i] = ln(values[i]);
}

function collect(
  { layout }: ReferenceModel,
  member: Float64Array | undefined,
  n: number,
  lnEnergy: Float64Array,
): void {
  if (member) for (let i = 0; i < n; i++) lnEnergy[i] = layout.lnEnergy[member[i]][i];
  else lnEnergy.set(layout.lnEnergy[0].subarray(0, n));
}
