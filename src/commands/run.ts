import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import type { Format } from '../formats/formats.js';
import { KERNEL_NAMES } from '../kernel/load.js';
import { blockRanges } from '../plan.js';
import { type RunReport, runScenario } from '../run.js';
import { loadScenario } from '../scenario/load.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { checkWritable } from '../tables/output-folder.js';
import { paletteFor } from '../terminal/color.js';
import { progressDisplay } from '../terminal/progress.js';
import { runText } from '../terminal/run-text.js';
import { openPool } from '../workers/open-pool.js';
import type { Pool } from '../workers/pool.js';
import { oneOf, type Parsed, parseArguments, usageError, wholeNumber } from './arguments.js';
import { parseFormats } from './formats.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  out: { type: 'string', short: 'o', default: 'output' },
  samples: { type: 'string', short: 'n' },
  seed: { type: 'string', short: 's' },
  workers: { type: 'string', short: 'j' },
  kernel: { type: 'string', default: 'auto' },
  set: { type: 'string', multiple: true },
  'keep-samples': { type: 'boolean' },
  format: { type: 'string', default: 'arrow' },
  json: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/** `tokenjoule run FILE…`: checks all files, then runs one after the other and writes each one's tables as it ends. */
export async function runCommand(args: readonly string[], around: Surroundings): Promise<void> {
  const { values, positionals } = parseArguments('run', args, FLAGS);
  if (values.out === '') throw usageError('run', '--out takes a folder; found ""');
  const palette = paletteFor(around.stdout, around.environment ?? {}, values['no-color']);
  const formats = parseFormats('run', '--format', values.format);
  const scenarios = await loadAll(positionals, values);
  for (const { name } of scenarios) await checkWritable(join(values.out, name));
  const workers = workersFor(values.workers, scenarios);
  const pool = await openPool(workers, undefined, oneOf('run', '--kernel', values.kernel, KERNEL_NAMES));
  try {
    const reports: RunReport[] = [];
    for (const scenario of scenarios) {
      const report = await runOne(pool, scenario, values, formats, around);
      reports.push(report);
      if (!values.quiet && !values.json)
        around.stdout.write(`${reports.length > 1 ? '\n' : ''}${runText(report, palette)}\n`);
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

/** More threads than this for each core only wait for one another. */
const MOST_WORKERS_PER_CORE = 8;

/** As many threads as cores or as asked for, but no more than there are ranges of blocks, and none for a single range. */
function workersFor(flag: string | undefined, scenarios: readonly ResolvedScenario[]): number {
  const cores = availableParallelism();
  const most = Math.max(64, MOST_WORKERS_PER_CORE * cores);
  const wanted = flag === undefined ? cores : wholeNumber('run', '--workers', flag, 0);
  if (wanted > most) throw usageError('run', `--workers takes at most ${most} on ${cores} cores; found ${wanted}`);
  const ranges = Math.max(...scenarios.map(({ samples }) => blockRanges(samples, wanted).length));
  return flag === undefined && ranges === 1 ? 0 : Math.min(wanted, ranges);
}

async function runOne(
  pool: Pool,
  scenario: ResolvedScenario,
  values: Values,
  formats: ReadonlySet<Format>,
  around: Surroundings,
): Promise<RunReport> {
  const progress = progressDisplay(scenario.name, around.stderr, around.seconds);
  try {
    return await runScenario(pool, scenario, {
      out: values.out,
      keepSamples: values['keep-samples'] ?? false,
      formats,
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
  const { name, seed, samples } = scenario;
  return { scenario: name, seed, samples, folder, seconds, notes, summary, throughput, fleet, inputs, files };
}
