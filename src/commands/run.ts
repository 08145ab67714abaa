import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import { KERNEL_NAMES } from '../kernel/load.js';
import { checkLimits, type Limits, limitsOf } from '../limits.js';
import { blockRanges } from '../plan.js';
import { type RunReport, runScenario } from '../run.js';
import { loadWithSource } from '../scenario/load.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { progressDisplay } from '../terminal/progress.js';
import { runText } from '../terminal/run-text.js';
import { openRunner, poolOn } from '../workers/pool.js';
import type { RangeRunner } from '../workers/range-runner.js';
import { oneOf, type Parsed, parseArguments, usageError, wholeNumber } from './arguments.js';
import { blockCommand, withReproduction } from './block.js';
import { savingPool } from './saving-pool.js';
import { shardCommand } from './shard.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  out: { type: 'string', short: 'o', default: 'output' },
  samples: { type: 'string', short: 'n' },
  seed: { type: 'string', short: 's' },
  workers: { type: 'string', short: 'j' },
  kernel: { type: 'string', default: 'auto' },
  set: { type: 'string', multiple: true },
  'keep-samples': { type: 'boolean' },
  checkpoint: { type: 'string', default: '5' },
  resume: { type: 'boolean' },
  cluster: { type: 'string' },
  shard: { type: 'string' },
  block: { type: 'string' },
  pass: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/** `tokenjoule run FILE…`: checks all files, then runs one after the other and writes each one's tables as it ends. */
export async function runCommand(args: readonly string[], around: Surroundings): Promise<void> {
  const { values, positionals } = parseArguments('run', args, FLAGS);
  const loaded = await loadAll(positionals, values, limitsOf(around.environment));
  const scenarios = loaded.map(({ scenario }) => scenario);
  const workers = workersFor(values.workers, scenarios);
  const kernel = oneOf('run', '--kernel', values.kernel, KERNEL_NAMES);
  const checkpointSeconds = wholeNumber('run', '--checkpoint', values.checkpoint, 0);
  const runner = await openRunner(values.cluster === undefined ? workers : 0, undefined, kernel);
  try {
    if (values.block !== undefined)
      return await blockCommand(poolOn(runner), onlyOne(scenarios, '--block'), values, around);
    if (values.shard !== undefined) return await shardCommand(runner, onlyOne(loaded, '--shard'), values, around);
    const reports: RunReport[] = [];
    for (const [i, scenario] of scenarios.entries()) {
      const report = await runAnywhere(runner, checkpointSeconds, loaded[i], values, around).catch((error) => {
        throw withReproduction(error, scenario, positionals[i], values.set ?? []);
      });
      reports.push(report);
      if (!values.quiet && !values.json) around.stdout.write(`${reports.length > 1 ? '\n' : ''}${runText(report)}\n`);
    }
    if (values.json) around.stdout.write(`${JSON.stringify({ runs: reports.map(jsonOf) }, null, 2)}\n`);
  } finally {
    await runner.close();
  }
}

type Values = Parsed<typeof FLAGS>['values'];
type Loaded = Awaited<ReturnType<typeof loadWithSource>>;

async function loadAll(files: readonly string[], values: Values, limits: Limits): Promise<Loaded[]> {
  if (files.length === 0) throw usageError('run', 'name at least one scenario file');
  const samples = values.samples === undefined ? undefined : wholeNumber('run', '--samples', values.samples, 1);
  const overrides = {
    set: values.set ?? [],
    ...(samples === undefined ? {} : { samples }),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
  };
  const loaded = await allOrProblems(files.map((file) => loadWithSource(file, overrides)));
  for (const [i, { scenario }] of loaded.entries()) checkLimits(files[i], scenario, limits);
  const names = loaded.map(({ scenario }) => scenario.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw usageError('run', `two files have the name ${twice}, and one would overwrite the other; rename one`);
  return loaded;
}

function onlyOne<T>(scenarios: readonly T[], flag: string): T {
  if (scenarios.length !== 1) throw usageError('run', `${flag} takes one scenario file; found ${scenarios.length}`);
  return scenarios[0];
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

/** In this machine's threads, or on a cluster. */
async function runAnywhere(
  local: RangeRunner,
  checkpointSeconds: number,
  { scenario, source }: Loaded,
  values: Values,
  around: Surroundings,
): Promise<RunReport> {
  if (values.cluster === undefined) return runOne(local, checkpointSeconds, scenario, values, around);
  const { onCluster } = await import('./on-cluster.js');
  const run = { scenario, source, tell: (text: string) => void around.stderr.write(`${scenario.name}: ${text}\n`) };
  return onCluster(values.cluster, around.environment, run, local.module, (runner) =>
    runOne(runner, checkpointSeconds, scenario, values, around),
  );
}

async function runOne(
  runner: RangeRunner,
  checkpointSeconds: number,
  scenario: ResolvedScenario,
  values: Values,
  around: Surroundings,
): Promise<RunReport> {
  const progress = progressDisplay(scenario.name, around.stderr, around.seconds);
  const tell = (sentence: string) => void around.stderr.write(`${scenario.name}: ${sentence}\n`);
  const folder = join(values.out, scenario.name);
  const { pool, clear } = await savingPool(runner, scenario, folder, {
    resume: values.resume ?? false,
    seconds: checkpointSeconds,
    clock: around.seconds,
    tell,
  });
  try {
    const report = await runScenario(pool, scenario, {
      workers: pool.workers,
      out: values.out,
      keepSamples: values['keep-samples'] ?? false,
      now: around.now,
      signal: around.signal,
      ...(values.quiet ? {} : { onProgress: progress.update }),
    });
    await clear();
    return report;
  } finally {
    if (!values.quiet) progress.clear();
  }
}

/** One run for machines: the tables' rows under the tables' names. */
function jsonOf({ scenario, folder, tables, notes, files, seconds }: RunReport) {
  const { summary, throughput, fleet, inputs } = tables;
  const { name, seed, samples } = scenario;
  return { scenario: name, seed, samples, folder, seconds, notes, summary, throughput, fleet, inputs, files };
}
