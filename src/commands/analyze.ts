import { METHODS, type MethodName } from '../analysis/methods.js';
import {
  type AnalysisReport,
  type RunAnalysisOptions,
  runAnalysis,
  runDrawsAnalysis,
} from '../analysis/run-analysis.js';
import { parseTarget, type Target } from '../analysis/target.js';
import { numberRemedy } from '../distributions/number-meant.js';
import { InputError } from '../errors.js';
import { SHOWN_METRICS } from '../model/impact/index.js';
import type { ResultName } from '../model/quantities.js';
import { checkSamples, limitsOf } from '../plan/limits.js';
import { ESTIMATORS } from '../sensitivity/estimators/list.js';
import { progressDisplay } from '../terminal/progress.js';
import { sensitivityText } from '../terminal/sensitivity-text.js';
import { allOrProblems } from './all-or-problems.js';
import { oneOf, type Parsed, parseArguments, resultName, usageError, wholeNumber } from './arguments.js';
import { DONE } from './exit-status.js';
import { ANALYZE_FLAGS } from './flags.js';
import { loadWithin } from './load-within.js';
import type { Surroundings } from './surroundings.js';
import { withJobs } from './with-jobs.js';

type Values = Parsed<typeof ANALYZE_FLAGS>['values'];

/**
 * `tokenjoule analyze FILE…`: which uncertain input moves the energy, by one method of sensitivity analysis, of scenario files
 * or of the draws of runs (`samples.arrow`).
 *
 * @returns the exit status
 */
export async function analyzeCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('analyze', args, ANALYZE_FLAGS);
  if (positionals.length === 0)
    throw usageError('analyze', 'name at least one scenario file, or the samples.arrow of a run');
  const options = optionsOf(values, around);
  const inputs = await inputsOf(positionals, values, options.samples, around);
  const reports = await withJobs('analyze', values.workers, around, async (jobs) => {
    const reports: AnalysisReport[] = [];
    for (const [i, { file, label, run }] of inputs.entries()) {
      const place = inputs.length > 1 ? `${label} (${i + 1} of ${inputs.length})` : label;
      const progress = progressDisplay(place, around.stderr, around.seconds);
      const tell = (sentence: string) => void around.stderr.write(`${label}: ${sentence}\n`);
      const shown = values.quiet ? {} : { onProgress: progress.update };
      reports.push(await asInput(file, run({ ...options, jobs, tell, ...shown })).finally(progress.clear));
      if (!values.quiet && !values.json) around.stdout.write(`${sensitivityText(reports[i], options.method)}\n`);
    }
    return reports;
  });
  if (values.json) {
    const analyses = reports.map(({ scenario, folder, rows }) => ({
      scenario: scenario.name,
      folder,
      sensitivity: rows,
    }));
    around.stdout.write(`${JSON.stringify({ analyses }, null, 2)}\n`);
  }
  return DONE;
}

/** What is analysed: a scenario, or the draws of a run. */
interface Input {
  readonly file: string;
  /** In progress lines. */
  readonly label: string;
  run(options: RunAnalysisOptions): Promise<AnalysisReport>;
}

async function inputsOf(
  files: readonly string[],
  values: Values,
  samples: number,
  { environment }: Surroundings,
): Promise<Input[]> {
  const tables = files.filter(isTable);
  const { set = [], seed } = values;
  if (tables.length > 0 && values.metric !== 'energy')
    throw usageError('analyze', '--metric is for scenario files; a run keeps the energies of its draws alone');
  if (tables.length > 0 && (set.length > 0 || seed !== undefined || values.samples !== undefined))
    throw usageError('analyze', '--seed, --samples and --set are for scenario files; results are as they were drawn');
  const limits = limitsOf(environment);
  const overrides = { set, ...(seed === undefined ? {} : { seed }) };
  return allOrProblems(
    files.map(async (file): Promise<Input> => {
      if (isTable(file)) return { file, label: file, run: (options) => runDrawsAnalysis(file, options) };
      const scenario = await loadWithin(limits, file, overrides);
      checkSamples(file, samples, limits);
      const run = (options: RunAnalysisOptions) => runAnalysis(scenario, { ...options, seed: scenario.seed });
      return { file, label: scenario.name, run };
    }),
  );
}

function isTable(file: string): boolean {
  return file.endsWith('.arrow');
}

function optionsOf(values: Values, { signal }: Surroundings): RunAnalysisOptions {
  const method = oneOf('analyze', '--method', values.method, Object.keys(METHODS) as MethodName[]);
  const metric = oneOf('analyze', '--metric', values.metric, SHOWN_METRICS);
  return {
    ...{ method, metric },
    targets: targetsOf(values.target ?? [], method, metric),
    estimator: oneOf(
      'analyze',
      '--estimator',
      values.estimator,
      Object.keys(ESTIMATORS) as RunAnalysisOptions['estimator'][],
    ),
    secondOrder: values['second-order'] ?? false,
    resamples: wholeNumber('analyze', '--resamples', values.resamples, 2),
    confLevel: confLevelOf(values['conf-level']),
    samples: samplesOf(values.samples, method),
    seed: '',
    out: values.out,
    ...resultName('analyze', values.name),
    signal,
  };
}

function targetsOf(texts: readonly string[], method: MethodName, metric: ResultName): Target[] {
  if (texts.length > 0 && !METHODS[method].targets) {
    const able = Object.entries(METHODS).filter(([, { targets }]) => targets);
    const which = able.map(([name]) => name).join(', ');
    throw usageError('analyze', `${method} moves one input at a time and knows no --target; take one of ${which}`);
  }
  return texts.map((text) => {
    const target = parseTarget(text, metric);
    if (!target)
      throw usageError(
        'analyze',
        `--target takes P95 or "P(${metric} > 1)"${metric === 'energy' ? ' (Wh)' : ''}; found ${JSON.stringify(text)}`,
      );
    return target;
  });
}

function confLevelOf(text: string): number {
  const level = Number(text);
  if (level > 0 && level < 1) return level;
  const remedy = numberRemedy(text, '', (value) => value > 0 && value < 1);
  const hint = remedy === '' ? '' : `; ${remedy}`;
  throw usageError('analyze', `--conf-level takes a number between 0 and 1; found ${JSON.stringify(text)}${hint}`);
}

function samplesOf(text: string | undefined, method: MethodName): number {
  if (text === undefined) return METHODS[method].samples;
  const samples = wholeNumber('analyze', '--samples', text, 2);
  if (!METHODS[method].powerOf2 || Number.isInteger(Math.log2(samples))) return samples;
  const near = 2 ** Math.round(Math.log2(samples));
  throw usageError('analyze', `--samples of ${method} is a power of 2; found ${samples}, the nearest is ${near}`);
}

/** A method's RangeError, e.g. for correlated inputs, is about the scenario. */
async function asInput(file: string, running: Promise<AnalysisReport>): Promise<AnalysisReport> {
  try {
    return await running;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError([{ file, key: '', message: error.message }]);
  }
}
