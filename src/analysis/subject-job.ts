import type { ResultName } from '../model/quantities.js';
import { pointsOf } from '../random/points.js';
import { integrates } from '../random/sampler.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { givenData } from '../sensitivity/given-data.js';
import type { OutputEffects, SensitivityProblem } from '../sensitivity/problem.js';
import { type AskedResult, energyProblem, type Threshold } from '../subjects/energy-problem.js';
import type { Subject } from '../subjects/subjects.js';
import type { SensitivityRow } from '../tables/studies.js';
import type { Job, OnDraws } from '../workers/jobs.js';
import { closedIndices } from './closed-indices.js';
import { effectNames } from './effect-names.js';
import { effectRows } from './effect-rows.js';
import { METHODS, type MethodName, type MethodOptions } from './methods.js';
import type { Target } from './target.js';

/** What is asked of each subject. */
export interface SubjectOptions extends MethodOptions {
  readonly method: MethodName;
  readonly targets: readonly Target[];
  /** What is analysed; energy, if not said otherwise. */
  readonly metric?: ResultName;
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
    const closed = isClosed(scenario, options)
      ? await closedIndices(scenario, subject, options.secondOrder)
      : undefined;
    if (closed) return closedRows({ scenario, subject, options }, closed, onDraws);
    const { metric } = options;
    const thresholds = await thresholdsOf({ scenario, subject, options }, onDraws);
    const problem = await energyProblem(scenario, subject, { ...metricOf(options), thresholds });
    const results = METHODS[options.method].run(counting(problem, onDraws), options);
    const names = effectNames(scenario, subject, metric);
    return results.flatMap((result) => effectRows(names, result, options));
  },
};

/** Whether indices are integrated where they can be: where the scenario asks for that. Shares beyond a threshold are no product. */
function isClosed({ sampler }: ResolvedScenario, { method, targets, metric = 'energy' }: SubjectOptions): boolean {
  return metric === 'energy' && method === 'sobol' && targets.length === 0 && integrates(sampler);
}

function closedRows({ scenario, subject, options }: SubjectTask, found: readonly OutputEffects[], onDraws: OnDraws) {
  const names = effectNames(scenario, subject);
  onDraws(computationsOf(options, found[0].effects.filter(({ numbers }) => 'st' in numbers).length - 1));
  return found.flatMap((result) => effectRows(names, result, { ...options, estimator: 'closed form' }));
}

function metricOf({ metric }: SubjectOptions): Pick<AskedResult, 'metric'> {
  return metric ? { metric } : {};
}

/** The uncertain inputs of a subject. */
export async function parametersOf({ scenario, subject, options }: SubjectTask): Promise<readonly string[]> {
  return (await energyProblem(scenario, subject, metricOf(options))).parameters;
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
async function thresholdsOf({ scenario, subject, options }: SubjectTask, onDraws: OnDraws): Promise<Threshold[]> {
  const { targets } = options;
  if (targets.length === 0) return [];
  const problem = await energyProblem(scenario, subject, metricOf(options));
  const points = pointsOf('sobol', `${scenario.seed} limits`, problem.parameters.length + 1, LIMIT_SAMPLES);
  const energy = givenData(counting(problem, onDraws), points, LIMIT_SAMPLES).outputs[0].sort();
  return targets.map((target) => ({
    text: target.text,
    value: target.kind === 'above' ? target.value : energy[Math.floor(target.probability * LIMIT_SAMPLES)],
  }));
}
