import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { blockRanges } from '../blocks/block-ranges.js';
import { allBlocks } from '../blocks/blocks.js';
import { drawSeconds } from '../engine/draw-seconds.js';
import { KERNEL_NAMES, type KernelName, loadEngine } from '../engine/load-engine.js';
import type { Judged } from '../expect/judge.js';
import type { Format } from '../formats/formats.js';
import { SHOWN_METRICS } from '../model/impact/index.js';
import { checkIntegrable } from '../plan/integrable.js';
import { checkLimits, limitsOf } from '../plan/limits.js';
import { countStages } from '../plan/stages.js';
import { printableLine } from '../printable.js';
import { brokenLimits } from '../result/broken-limits.js';
import type { Written } from '../result/manifest.js';
import { dayRows } from '../result/rows/day.js';
import { strictComplaints } from '../result/strict.js';
import { type RunReport, runScenario } from '../run/run.js';
import { undividable } from '../scenario/dividable.js';
import { loadWithSource } from '../scenario/load.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { ScenarioSource } from '../scenario/source.js';
import { checkWritable } from '../tables/output-folder.js';
import { type Palette, paletteFor } from '../terminal/color.js';
import { runnerOf } from '../workers/open-pool.js';
import { poolOn } from '../workers/pool.js';
import type { RangeRunner } from '../workers/range-runner.js';
import { drawnWorlds, worldsSeconds } from '../worlds/worlds-work.js';
import { oneOf, outFolder, type Parsed, parseArguments, usageError, wholeNumber } from './arguments.js';
import { type Batch, batchProgress, openBatch } from './batch.js';
import { type BatchRun, writeBatchIndex } from './batch-index.js';
import { blockCommand, withReproduction } from './block.js';
import { UNEXPECTED } from './exit-status.js';
import { ONE_RUN_FLAGS } from './flags.js';
import { parseFormats } from './formats.js';
import { type Loaded, loadAll, overridesOf, verdictsOf } from './loaded.js';
import { runsJson, textOf } from './run-output.js';
import { savingPool } from './saving-pool.js';
import { scenarioFiles } from './scenario-files.js';
import { shardCommand } from './shard.js';
import { type RunState, standingResult } from './standing-results.js';
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
  /** Whether results that stand already are made anew. */
  readonly force: boolean;
  /** Results of an earlier night, which are taken over where nothing has changed. */
  readonly previous: string | undefined;
  readonly histogram: boolean;
  /** Address of the cluster that draws; undefined draws here. */
  readonly cluster: string | undefined;
  readonly set: readonly string[];
  readonly strict: boolean;
  /** What the tables on the screen are of. */
  readonly metric: string;
  readonly palette: Palette;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** A scenario, and what it was made from. */
interface Sourced {
  readonly scenario: ResolvedScenario;
  readonly source: ScenarioSource;
}

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
  const loaded = await loadAll(
    'run',
    batch,
    files,
    { folder: flags.previous ?? flags.out, stderr: around.stderr },
    async (file) => {
      const content = await loadWithSource(file, overrides);
      checkLimits(file, content.scenario, limits);
      checkIntegrable(file, content.scenario);
      refuseParts(content.scenario, values);
      await checkWritable(join(flags.out, content.scenario.name));
      return { content, scenario: content.scenario, swept: [] };
    },
  );
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
    const begun = { started: around.now(), at: around.seconds() };
    const outcomes = await runAll(runner, loaded, flags, batch, around);
    if (files.length > 1) {
      const facts = { started: begun.started, seconds: around.seconds() - begun.at, signal: around.signal };
      await writeBatchIndex(flags.out, outcomes, batch.failed, facts);
    }
    if (flags.json) around.stdout.write(runsJson(outcomes, batch));
    return batch.status();
  } finally {
    await runner.close();
  }
}

/** @throws InputError for a flag that saves or sends what a run does not have: parts, or draws */
function refuseParts(scenario: ResolvedScenario, values: Values): void {
  if (values['keep-samples'] && scenario.sampler === 'exact') {
    throw usageError(
      'run',
      `--keep-samples writes draws, and ${scenario.name} makes none it could write (sampler exact)`,
    );
  }
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
    force: values.force ?? false,
    previous: values.previous,
    histogram: !values['no-histogram'],
    cluster: values.cluster,
    set: values.set ?? [],
    strict: values.strict ?? false,
    metric: oneOf('run', '--metric', values.metric, SHOWN_METRICS),
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
): Promise<BatchRun[]> {
  const samples = loaded.map(({ scenario }) => scenario.samples * countStages(scenario));
  const names = loaded.map(({ scenario }) => scenario.name);
  const progress = batchProgress(samples, names, around);
  const outcomes: BatchRun[] = [];
  const mayStand = !flags.force && (loaded.length > 1 || flags.resume || flags.previous !== undefined);
  for (const [i, one] of loaded.entries()) {
    const onProgress = flags.quiet ? undefined : progress.of(i);
    const report = await batch
      .attempt(one.file, () => standingOrDrawn(runner, one, mayStand, flags, around, onProgress))
      .finally(progress.clear);
    if (!report) continue;
    const verdicts = verdictsOf(one.scenario, judgedOf(report), one.references, batch, around);
    if (flags.strict) complainStrictly(report, batch, around);
    outcomes.push({ ...report, file: one.file, verdicts });
    if (!flags.quiet && !flags.json) around.stdout.write(textOf(outcomes, flags.palette, flags.metric, around.stdout));
  }
  return outcomes;
}

/** What expectations are about: the summary with the days of the fleet, and what worlds say of both. */
function judgedOf({ scenario, tables: { summary, fleet, uncertainty } }: RunReport): Judged {
  return { summary: [...summary, ...dayRows(scenario.name, fleet, scenario.samples)], uncertainty };
}

/** A scenario's result as it stands already, where that may be, or else drawn. */
async function standingOrDrawn(
  runner: RangeRunner,
  one: Loaded<Sourced>,
  mayStand: boolean,
  flags: RunFlags,
  around: Surroundings,
  onProgress: ((drawn: number) => void) | undefined,
): Promise<RunReport & { readonly state: RunState }> {
  const wanted = { ...flags, kernel: runner.engine.name };
  const standing = mayStand && (await standingResult(flags, one.content.scenario, wanted, around.signal));
  return standing || { ...(await runAnywhere(runner, one, flags, around, onProgress)), state: 'drawn' };
}

/** Reports what a strict reader would not accept, for the exit status too. */
function complainStrictly({ scenario, tables }: RunReport, batch: Batch, { stderr }: Surroundings): void {
  const complaints = [...brokenLimits(tables.service_level), ...strictComplaints(scenario, tables.summary)];
  for (const complaint of complaints) stderr.write(`${printableLine(`${scenario.name}: --strict: ${complaint}`)}\n`);
  if (complaints.length > 0) batch.note(UNEXPECTED);
}

/** For the largest run's ranges of blocks, or its worlds. */
function threadsOf({ wanted, kernel }: RunFlags, loaded: readonly Loaded<Sourced>[]): number {
  const scenarios = loaded.map(({ scenario }) => scenario);
  return threadsFor(
    wanted,
    (threads) => Math.max(...scenarios.map((scenario) => tasksOf(scenario, threads))),
    scenarios.reduce((sum, scenario) => sum + drawSeconds(scenario, kernel) + worldsSeconds(scenario, kernel), 0),
  );
}

function tasksOf(scenario: ResolvedScenario, threads: number): number {
  return Math.max(blockRanges(allBlocks(scenario.samples), threads).length, drawnWorlds(scenario));
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
  const written = { file, set: flags.set };
  const run = (runner: RangeRunner) => runOne(runner, scenario, written, flags, around, tell, onProgress);
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
  written: Written,
  { out, keepSamples, histogram, formats, rawText, checkpointSeconds, resume }: RunFlags,
  { now, seconds, signal }: Surroundings,
  tell: (sentence: string) => void,
  onProgress: ((drawn: number) => void) | undefined,
): Promise<RunReport> {
  const saving = { resume, seconds: checkpointSeconds, clock: seconds, tell };
  const { pool, clear } = await savingPool(runner, scenario, join(out, scenario.name), saving);
  const files = { out, keepSamples, histogram, formats, rawText };
  const options = { ...files, written, now, seconds, signal, tell, ...(onProgress && { onProgress }) };
  const report = await runScenario(pool, scenario, options);
  await clear();
  return report;
}

function onlyOne<T>(loaded: readonly T[], flag: string): T {
  if (loaded.length !== 1) throw usageError('run', `${flag} takes one scenario file; found ${loaded.length}`);
  return loaded[0];
}
