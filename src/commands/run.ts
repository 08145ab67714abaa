import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { blockRanges } from '../blocks/block-ranges.js';
import { allBlocks } from '../blocks/blocks.js';
import { drawSeconds } from '../engine/draw-seconds.js';
import { KERNEL_NAMES, type KernelName, loadEngine } from '../engine/load-engine.js';
import type { Verdict } from '../expect/judge.js';
import type { Format } from '../formats/formats.js';
import { checkLimits, limitsOf } from '../plan/limits.js';
import { countStages } from '../plan/stages.js';
import { printableLine } from '../printable.js';
import { strictComplaints } from '../result/strict.js';
import { type RunReport, runScenario } from '../run/run.js';
import { undividable } from '../scenario/dividable.js';
import { loadWithSource } from '../scenario/load.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { ScenarioSource } from '../scenario/source.js';
import { checkWritable } from '../tables/output-folder.js';
import { type Palette, paletteFor } from '../terminal/color.js';
import { runText } from '../terminal/run-text.js';
import { verdictsText } from '../terminal/verdict-text.js';
import { runnerOf } from '../workers/open-pool.js';
import { poolOn } from '../workers/pool.js';
import type { RangeRunner } from '../workers/range-runner.js';
import { oneOf, outFolder, type Parsed, parseArguments, usageError, wholeNumber } from './arguments.js';
import { type Batch, batchProgress, openBatch } from './batch.js';
import { blockCommand, withReproduction } from './block.js';
import { UNEXPECTED } from './exit-status.js';
import { ONE_RUN_FLAGS } from './flags.js';
import { parseFormats } from './formats.js';
import { type Loaded, loadAll, overridesOf, verdictsOf } from './loaded.js';
import { savingPool } from './saving-pool.js';
import { scenarioFiles } from './scenario-files.js';
import { shardCommand } from './shard.js';
import type { Surroundings } from './surroundings.js';
import { threadsFor, wantedThreads } from './threads.js';

type Values = Parsed<typeof ONE_RUN_FLAGS>['values'];

/** The flags of a run, read. */
interface RunFlags {
  readonly out: string;
  readonly wanted: number | undefined;
  readonly kernel: KernelName;
  readonly keepSamples: boolean;
  readonly formats: ReadonlySet<Format>;
  readonly rawText: boolean;
  /** Least seconds between two saved states; 0 saves none. */
  readonly checkpointSeconds: number;
  readonly resume: boolean;
  /** Address of the cluster that draws; undefined draws here. */
  readonly cluster: string | undefined;
  readonly set: readonly string[];
  readonly strict: boolean;
  readonly palette: Palette;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** A scenario, and what it was made from. */
interface Sourced {
  readonly scenario: ResolvedScenario;
  readonly source: ScenarioSource;
}

/** A finished run, and how its expectations came out. */
type Outcome = RunReport & { readonly verdicts: readonly Verdict[] };

/**
 * `tokenjoule run FILE…`: checks all files, then runs one after the other and writes each one's tables as it ends. A file
 * that cannot be run is reported and does not stop the others.
 *
 * @returns the exit status
 */
export async function runCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('run', args, ONE_RUN_FLAGS);
  const flags = flagsOf(values, around);
  const overrides = overridesOf('run', values);
  const limits = limitsOf(around.environment);
  const batch = openBatch(around);
  // Compiled by another thread meanwhile. Whether that failed is asked once the files are good.
  const engine = loadEngine(flags.kernel);
  engine.catch(() => {});
  const files = await scenarioFiles('run', positionals);
  const loaded = await loadAll('run', batch, files, async (file) => {
    const content = await loadWithSource(file, overrides);
    checkLimits(file, content.scenario, limits);
    refuseParts(content.scenario, values);
    await checkWritable(join(flags.out, content.scenario.name));
    return { content, scenario: content.scenario, swept: [] };
  });
  if (loaded.length === 0) {
    if (flags.json) around.stdout.write(runsJson([], batch));
    return batch.status();
  }
  const threads = flags.cluster === undefined ? threadsOf(flags, loaded) : 0;
  const runner = await runnerOf(await engine, threads);
  try {
    if (values.block !== undefined) {
      const { scenario } = onlyOne(loaded, '--block');
      return await blockCommand(poolOn(runner), scenario, values, around);
    }
    if (values.shard !== undefined) {
      return await shardCommand(runner, onlyOne(loaded, '--shard').content, values, around);
    }
    const outcomes = await runAll(runner, loaded, flags, batch, around);
    if (flags.json) around.stdout.write(runsJson(outcomes, batch));
    return batch.status();
  } finally {
    await runner.close();
  }
}

/** @throws InputError for a flag that saves or sends parts of a run that has none */
function refuseParts(scenario: ResolvedScenario, values: Values): void {
  const why = undividable(scenario);
  const flag = (['resume', 'shard', 'cluster'] as const).find((name) => values[name] !== undefined);
  if (why === undefined || flag === undefined) return;
  throw usageError('run', `--${flag} is for runs that can be divided; ${scenario.name} has ${why}`);
}

function flagsOf(values: Values, { stdout, environment }: Surroundings): RunFlags {
  return {
    out: outFolder('run', values.out),
    wanted: wantedThreads('run', values.workers),
    kernel: oneOf('run', '--kernel', values.kernel, KERNEL_NAMES),
    keepSamples: values['keep-samples'] ?? false,
    formats: parseFormats('run', '--format', values.format),
    rawText: values['raw-text'] ?? false,
    checkpointSeconds: wholeNumber('run', '--checkpoint', values.checkpoint, 0),
    resume: values.resume ?? false,
    cluster: values.cluster,
    set: values.set ?? [],
    strict: values.strict ?? false,
    palette: paletteFor(stdout, environment, values['no-color']),
    quiet: values.quiet ?? false,
    json: values.json ?? false,
  };
}

async function runAll(
  runner: RangeRunner,
  loaded: readonly Loaded<Sourced>[],
  flags: RunFlags,
  batch: Batch,
  around: Surroundings,
): Promise<Outcome[]> {
  const samples = loaded.map(({ scenario }) => scenario.samples * countStages(scenario));
  const names = loaded.map(({ scenario }) => scenario.name);
  const progress = batchProgress(samples, names, around);
  const outcomes: Outcome[] = [];
  for (const [i, one] of loaded.entries()) {
    const onProgress = flags.quiet ? undefined : progress.of(i);
    const report = await batch
      .attempt(one.file, () => runAnywhere(runner, one, flags, around, onProgress))
      .finally(progress.clear);
    if (!report) continue;
    const verdicts = verdictsOf(one.scenario, report.tables.summary, one.references, batch, around);
    if (flags.strict) complainStrictly(report, batch, around);
    outcomes.push({ ...report, verdicts });
    if (!flags.quiet && !flags.json) around.stdout.write(textOf(outcomes, flags.palette));
  }
  return outcomes;
}

/** Reports what a strict reader would not accept, for the exit status too. */
function complainStrictly({ scenario, tables }: RunReport, batch: Batch, { stderr }: Surroundings): void {
  const complaints = strictComplaints(scenario, tables.summary);
  for (const complaint of complaints) stderr.write(`${printableLine(`${scenario.name}: --strict: ${complaint}`)}\n`);
  if (complaints.length > 0) batch.note(UNEXPECTED);
}

/** For the largest run's ranges of blocks. */
function threadsOf({ wanted, kernel }: RunFlags, loaded: readonly Loaded<Sourced>[]): number {
  const scenarios = loaded.map(({ scenario }) => scenario);
  return threadsFor(
    wanted,
    (threads) => Math.max(...scenarios.map(({ samples }) => blockRanges(allBlocks(samples), threads).length)),
    scenarios.reduce((sum, scenario) => sum + drawSeconds(scenario, kernel), 0),
  );
}

/** In this machine's threads, or on a cluster. */
async function runAnywhere(
  local: RangeRunner,
  { file, content }: Loaded<Sourced>,
  flags: RunFlags,
  around: Surroundings,
  onProgress: ((drawn: number) => void) | undefined,
): Promise<RunReport> {
  const { scenario, source } = content;
  const tell = (sentence: string) => void around.stderr.write(`${scenario.name}: ${sentence}\n`);
  const run = (runner: RangeRunner) => runOne(runner, scenario, flags, around, tell, onProgress);
  try {
    if (flags.cluster === undefined) return await run(local);
    const { onCluster } = await import('./on-cluster.js');
    const { clusterRunner } = await import('../cluster/cluster-runner.js');
    return await onCluster('run', flags.cluster, around, tell, async (queue) => {
      const runner = clusterRunner(queue, { id: randomUUID(), scenario, source, tell }, local.engine);
      return run(runner).finally(() => runner.close());
    });
  } catch (error) {
    throw withReproduction(error, scenario, file, flags.set);
  }
}

async function runOne(
  runner: RangeRunner,
  scenario: ResolvedScenario,
  { out, keepSamples, formats, rawText, checkpointSeconds, resume }: RunFlags,
  { now, seconds, signal }: Surroundings,
  tell: (sentence: string) => void,
  onProgress: ((drawn: number) => void) | undefined,
): Promise<RunReport> {
  const saving = { resume, seconds: checkpointSeconds, clock: seconds, tell };
  const { pool, clear } = await savingPool(runner, scenario, join(out, scenario.name), saving);
  const options = { out, keepSamples, formats, rawText, now, seconds, signal, tell, ...(onProgress && { onProgress }) };
  const report = await runScenario(pool, scenario, options);
  await clear();
  return report;
}

function onlyOne<T>(loaded: readonly T[], flag: string): T {
  if (loaded.length !== 1) throw usageError('run', `${flag} takes one scenario file; found ${loaded.length}`);
  return loaded[0];
}

/** The last outcome for a reader, apart from those before it. */
function textOf(outcomes: readonly Outcome[], palette: Palette): string {
  const { verdicts, ...report } = outcomes[outcomes.length - 1];
  const expectations = verdicts.length > 0 ? `${verdictsText(verdicts)}\n` : '';
  return `${outcomes.length > 1 ? '\n' : ''}${runText(report, palette)}\n${expectations}`;
}

function runsJson(outcomes: readonly Outcome[], { failed }: Batch): string {
  return `${JSON.stringify({ runs: outcomes.map(jsonOf), failed }, null, 2)}\n`;
}

/** One run for machines: the tables' rows under the tables' names. */
function jsonOf({ scenario, folder, tables, notes, files, seconds, verdicts }: Outcome) {
  const { summary, throughput, fleet, inputs } = tables;
  const { name, seed, samples, sampler = 'pseudo' } = scenario;
  const expectations = verdicts;
  return {
    scenario: name,
    seed,
    samples,
    sampler,
    folder,
    seconds,
    notes,
    expectations,
    summary,
    throughput,
    fleet,
    inputs,
    files,
  };
}
