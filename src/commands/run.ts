import { availableParallelism } from 'node:os';
import { InputError } from '../errors.js';
import { KERNEL_NAMES } from '../kernel/load.js';
import { blockRanges } from '../plan.js';
import { type RunReport, runScenario } from '../run.js';
import { loadScenario } from '../scenario/load.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { progressDisplay } from '../terminal/progress.js';
import { runText } from '../terminal/run-text.js';
import { openPool, type Pool } from '../workers/pool.js';
import { oneOf, type Parsed, parseArguments, usageError, wholeNumber } from './arguments.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  out: { type: 'string', short: 'o', default: 'output' },
  samples: { type: 'string', short: 'n' },
  seed: { type: 'string', short: 's' },
  sampler: { type: 'string' },
  until: { type: 'string' },
  workers: { type: 'string', short: 'j' },
  kernel: { type: 'string', default: 'auto' },
  set: { type: 'string', multiple: true },
  'keep-samples': { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/** `tokenjoule run FILE…`: checks all files, then runs one after the other and writes each one's tables as it ends. */
export async function runCommand(args: readonly string[], around: Surroundings): Promise<void> {
  const { values, positionals } = parseArguments('run', args, FLAGS);
  const scenarios = await loadAll(positionals, values);
  const workers = workersFor(values.workers, scenarios);
  const pool = await openPool(workers, undefined, oneOf('run', '--kernel', values.kernel, KERNEL_NAMES));
  try {
    const reports: RunReport[] = [];
    for (const scenario of scenarios) {
      const report = await runOne(pool, scenario, values, around);
      reports.push(report);
      if (!values.quiet && !values.json) around.stdout.write(`${reports.length > 1 ? '\n' : ''}${runText(report)}\n`);
    }
    if (values.json) around.stdout.write(`${JSON.stringify({ runs: reports.map(jsonOf) }, null, 2)}\n`);
  } finally {
    await pool.close();
  }
}

type Values = Parsed<typeof FLAGS>['values'];

async function loadAll(files: readonly string[], values: Values): Promise<ResolvedScenario[]> {
  if (files.length === 0) throw usageError('run', 'name at least one scenario file');
  const samples = values.samples === undefined ? undefined : wholeNumber('run', '--samples', values.samples, 1);
  const overrides = {
    set: values.set ?? [],
    ...(samples === undefined ? {} : { samples }),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
    ...(values.sampler === undefined ? {} : { sampler: values.sampler }),
    ...(values.until === undefined ? {} : { until: values.until }),
  };
  const scenarios = await allOrProblems(files.map((file) => loadScenario(file, overrides)));
  const names = scenarios.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw usageError('run', `two files have the name ${twice}, and one would overwrite the other; rename one`);
  return scenarios;
}

/** All values, or the problems of all files in one error. */
export async function allOrProblems<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  const problems = settled.flatMap((one) => {
    if (one.status === 'fulfilled') return [];
    if (one.reason instanceof InputError) return one.reason.problems;
    throw one.reason;
  });
  if (problems.length > 0) throw new InputError(problems);
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** As many threads as cores, but none where the largest run is a single range of blocks. */
function workersFor(flag: string | undefined, scenarios: readonly ResolvedScenario[]): number {
  if (flag !== undefined) return wholeNumber('run', '--workers', flag, 0);
  const cores = availableParallelism();
  const ranges = Math.max(...scenarios.map(({ samples }) => blockRanges(samples, cores).length));
  return ranges > 1 ? Math.min(cores, ranges) : 0;
}

async function runOne(
  pool: Pool,
  scenario: ResolvedScenario,
  values: Values,
  around: Surroundings,
): Promise<RunReport> {
  const progress = progressDisplay(scenario.name, around.stderr, around.seconds);
  try {
    return await runScenario(pool, scenario, {
      workers: pool.workers,
      out: values.out,
      keepSamples: values['keep-samples'] ?? false,
      now: around.now,
      signal: around.signal,
      ...(values.quiet ? {} : { onProgress: progress.update }),
    });
  } finally {
    if (!values.quiet) progress.clear();
  }
}

/** One run for machines: the tables' rows under the tables' names. */
function jsonOf({ scenario, folder, tables, notes, files, seconds }: RunReport) {
  const { summary, throughput, fleet, inputs } = tables;
  const { name, seed, samples, sampler = 'pseudo' } = scenario;
  return { scenario: name, seed, samples, sampler, folder, seconds, notes, summary, throughput, fleet, inputs, files };
}
