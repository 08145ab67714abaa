import type { ResolvedScenario } from '../scenario/resolved.js';
import { givenData } from '../sensitivity/given-data.js';
import { pointsOf } from '../sensitivity/points.js';
import { DUMMY, type Effect, type OutputEffects } from '../sensitivity/problem.js';
import type { SensitivityRow } from '../tables/schema.js';
import { energyProblem, type Threshold } from './energy-problem.js';
import { METHODS, type MethodName, type MethodOptions } from './methods.js';
import { type Subject, subjectsOf } from './subjects.js';
import type { Target } from './target.js';

/** What an analysis is asked. */
export interface AnalyzeOptions extends MethodOptions {
  readonly method: MethodName;
  readonly targets: readonly Target[];
  /** Called before each subject. */
  readonly onSubject?: (subject: Subject) => void;
  /** Looked at between subjects. */
  readonly signal?: AbortSignal;
}

/**
 * Influence of each uncertain input of a scenario on the energy of every model and blend in every regime, as rows of
 * `sensitivity.arrow`: per output the largest effect first, the dummy last.
 *
 * @throws RangeError as the method does, e.g. for correlated inputs where it takes independent ones; the signal's reason
 */
export async function analyze(scenario: ResolvedScenario, options: AnalyzeOptions): Promise<SensitivityRow[]> {
  const rows: SensitivityRow[] = [];
  for (const subject of await subjectsOf(scenario)) {
    options.signal?.throwIfAborted();
    options.onSubject?.(subject);
    const thresholds = await thresholdsOf(scenario, subject, options.targets);
    const problem = await energyProblem(scenario, subject, thresholds);
    if (problem.parameters.length === 0) continue;
    const results = METHODS[options.method].run(problem, options);
    rows.push(...results.flatMap((result) => rowsOf(scenario.name, subject, result, options)));
  }
  return rows;
}

/** Draws by which a percentile becomes a limit in Wh. */
const LIMIT_SAMPLES = 2 ** 16;

/** Percentiles become limits in Wh: those of the subject's own energy. */
async function thresholdsOf(
  scenario: ResolvedScenario,
  subject: Subject,
  targets: readonly Target[],
): Promise<Threshold[]> {
  if (targets.length === 0) return [];
  const problem = await energyProblem(scenario, subject);
  const points = pointsOf('sobol', `${scenario.seed} limits`, problem.parameters.length + 1, LIMIT_SAMPLES);
  const energy = givenData(problem, points, LIMIT_SAMPLES).outputs[0].sort();
  return targets.map((target) => ({
    text: target.text,
    wh: target.kind === 'above' ? target.wh : energy[Math.floor(target.probability * LIMIT_SAMPLES)],
  }));
}

function rowsOf(scenario: string, subject: Subject, result: OutputEffects, options: AnalyzeOptions): SensitivityRow[] {
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
