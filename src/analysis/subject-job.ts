import type { ResolvedScenario } from '../scenario/resolved.js';
import { givenData } from '../sensitivity/given-data.js';
import { pointsOf } from '../sensitivity/points.js';
import { DUMMY, type Effect, type OutputEffects, type SensitivityProblem } from '../sensitivity/problem.js';
import type { SensitivityRow } from '../tables/schema.js';
import type { Job, OnDraws } from '../workers/jobs.js';
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
    if (problem.parameters.length === 0) return [];
    const results = METHODS[options.method].run(counting(problem, onDraws), options);
    return results.flatMap((result) => rowsOf(scenario.name, subject, result, options));
  },
};

/** How often the energy of a query is computed for a subject. */
export async function computationsOf({ scenario, subject, options }: SubjectTask): Promise<number> {
  const { parameters } = await energyProblem(scenario, subject);
  const limits = options.targets.length > 0 ? LIMIT_SAMPLES : 0;
  return limits + (parameters.length > 0 ? METHODS[options.method].computations(parameters.length, options) : 0);
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

function rowsOf(scenario: string, subject: Subject, result: OutputEffects, options: SubjectOptions): SensitivityRow[] {
  const { effect, powerOf2 } = METHODS[options.method];
  const size = ({ parameter, numbers }: Effect) => (parameter === DUMMY ? -1 : Math.abs(numbers[effect] ?? -0.5) || 0);
  const sorted = [...result.effects].sort((a, b) => size(b) - size(a));
  const conf_level = powerOf2 || options.method === 'morris' ? options.confLevel : null;
  return sorted.map(({ parameter, numbers }) => ({
    scenario,
    regime: subject.regime.name,
    subject_kind: subject.kind,
    subject: subject.name,
    output: result.output,
    unit: unitOf(result.output),
    method: options.method === 'sobol' ? `sobol ${options.estimator}` : options.method,
    parameter,
    ...EMPTY,
    ...Object.fromEntries(
      Object.entries(numbers).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
    ),
    conf_level,
    n: result.n,
    n_dropped: result.n_dropped,
  }));
}

function unitOf(output: string): string {
  if (output === 'energy') return 'Wh/query';
  return output === 'ln_energy' ? 'ln(Wh/query)' : '1';
}

/** Every method's numbers; each row fills in its own. */
const EMPTY = {
  s1: null,
  s1_conf: null,
  st: null,
  st_conf: null,
  s2: null,
  s2_conf: null,
  shapley: null,
  shapley_conf: null,
  mu: null,
  mu_star: null,
  mu_star_conf: null,
  sigma: null,
  low: null,
  high: null,
  base: null,
  swing: null,
  src: null,
  src_conf: null,
  r2: null,
  srrc: null,
  srrc_conf: null,
  r2_rank: null,
  median: null,
  median_conf: null,
  mean: null,
  maximum: null,
};
