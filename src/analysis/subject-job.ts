import { pointsOf } from '../random/points.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { givenData } from '../sensitivity/given-data.js';
import type { SensitivityProblem } from '../sensitivity/problem.js';
import type { SensitivityRow } from '../tables/studies.js';
import type { Job, OnDraws } from '../workers/jobs.js';
import { effectNames } from './effect-names.js';
import { effectRows } from './effect-rows.js';
import { energyProblem, type Threshold } from './energy-problem.js';
import { METHODS, type MethodName, type MethodOptions } from './methods.js';
import type { Subject } from './subjects.js';
import type { Target } from './target.js';

/** What is asked of each subject. */
export interface SubjectOptions extends MethodOptions {
  readonly method: MethodName;
  readonly targets: readonly Target[];
}

/** One subject of an analysis. */
export interface SubjectTask {
  readonly scenario: ResolvedScenario;
  readonly subject: Subject;
  readonly options: SubjectOptions;
}

/** Analyses one subject, in any thread. */
export const SUBJECT_JOB: Job<SubjectTask, SensitivityRow[]> = {
  name: 'subject',
  async run({ scenario, subject, options }, onDraws) {
    const thresholds = await thresholdsOf(scenario, subject, options.targets, onDraws);
    const problem = await energyProblem(scenario, subject, thresholds);
    const results = METHODS[options.method].run(counting(problem, onDraws), options);
    const names = effectNames(scenario, subject);
    return results.flatMap((result) => effectRows(names, result, options));
  },
};

/** The uncertain inputs of a subject. */
export async function parametersOf({ scenario, subject }: SubjectTask): Promise<readonly string[]> {
  return (await energyProblem(scenario, subject)).parameters;
}

/** How often the energy of a query is computed for a subject of so many uncertain inputs. */
export function computationsOf(options: SubjectOptions, parameters: number): number {
  const limits = options.targets.length > 0 ? LIMIT_SAMPLES : 0;
  return limits + METHODS[options.method].computations(parameters, options);
}

/** The same problem, which tells how much of it is computed. */
function counting(problem: SensitivityProblem, onDraws: OnDraws): SensitivityProblem {
  return {
    ...problem,
    evaluate(values, n, outputs) {
      problem.evaluate(values, n, outputs);
      onDraws(n);
    },
  };
}

/** Draws by which a percentile becomes a limit in Wh. */
const LIMIT_SAMPLES = 2 ** 16;

/** Percentiles become limits in Wh: those of the subject's own energy. */
async function thresholdsOf(
  scenario: ResolvedScenario,
  subject: Subject,
  targets: readonly Target[],
  onDraws: OnDraws,
): Promise<Threshold[]> {
  if (targets.length === 0) return [];
  const problem = await energyProblem(scenario, subject);
  const points = pointsOf('sobol', `${scenario.seed} limits`, problem.parameters.length + 1, LIMIT_SAMPLES);
  const energy = givenData(counting(problem, onDraws), points, LIMIT_SAMPLES).outputs[0].sort();
  return targets.map((target) => ({
    text: target.text,
    wh: target.kind === 'above' ? target.wh : energy[Math.floor(target.probability * LIMIT_SAMPLES)],
  }));
}
