import { columnsOf, DUMMY } from '../sensitivity/problem.js';
import { energyProblem, MEMBER } from '../subjects/energy-problem.js';
import type { SensitivityRow } from '../tables/studies.js';
import { effectNames } from './effect-names.js';
import { effectRows } from './effect-rows.js';
import { METHODS } from './methods.js';
import type { SubjectTask } from './subject-job.js';

/**
 * Names of the inputs that vary anywhere in a scenario and that every subject has: not which member answers, nor a
 * model's own.
 */
export function sharedParameters(parameters: readonly (readonly string[])[]): string[] {
  const varying = new Set(parameters.flat());
  return [...varying].filter((name) => name !== MEMBER && !name.startsWith('models.'));
}

/**
 * The rows of a subject whose inputs are all constant, so that a reader who looks for it finds it: an effect of 0 of
 * each input that varies elsewhere in the scenario, and of the dummy.
 */
export async function constantRows(
  { scenario, subject, options }: SubjectTask,
  parameters: readonly string[],
): Promise<SensitivityRow[]> {
  const { outputs, evaluate } = await energyProblem(
    scenario,
    subject,
    options.metric ? { metric: options.metric } : {},
  );
  const values = columnsOf(outputs.length);
  evaluate([], 1, values);
  const names = effectNames(scenario, subject, options.metric);
  const found = [
    ...outputs.map((output, i) => [output, values[i][0]] as const),
    ...options.targets.map(({ text }) => [text, 0] as const),
  ];
  return found.flatMap(([output, value]) => {
    const numbers = METHODS[options.method].ofConstant(value);
    const effects = [...parameters, DUMMY].map((parameter) => ({ parameter, numbers }));
    return effectRows(names, { output, effects, n: 1, n_dropped: 0 }, options);
  });
}
