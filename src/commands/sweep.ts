import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { blockRanges } from '../blocks/block-ranges.js';
import { allBlocks } from '../blocks/blocks.js';
import { drawSeconds } from '../engine/draw-seconds.js';
import { KERNEL_NAMES, type KernelName } from '../engine/load-engine.js';
import type { Verdict } from '../expect/judge.js';
import { checkSweepLimits, limitsOf } from '../plan/limits.js';
import { countStages } from '../plan/stages.js';
import { undividable } from '../scenario/dividable.js';
import { loadSweepWithSources } from '../scenario/load.js';
import type { ScenarioSource } from '../scenario/source.js';
import type { ResolvedCell, ResolvedSweep } from '../scenario/sweep-from-text.js';
import { type CellEngine, cellsIn } from '../sweep/cell-engine.js';
import { CELLS_FOLDER } from '../sweep/cells/cell-store.js';
import { runSweepOn, type SweepReport } from '../sweep/run-sweep.js';
import { sweepText } from '../terminal/sweep-text.js';
import { verdictsText } from '../terminal/verdict-text.js';
import { openPool } from '../workers/open-pool.js';
import type { Pool } from '../workers/pool.js';
import { drawnWorlds, worldsSeconds } from '../worlds/worlds-work.js';
import { oneOf, outFolder, type Parsed, parseArguments, resultName, usageError, wholeNumber } from './arguments.js';
import { type Batch, batchProgress, openBatch } from './batch.js';
import { NAME_FLAG, RUN_FLAGS } from './flags.js';
import { type Loaded, loadAll, overridesOf, verdictsOf } from './loaded.js';
import { scenarioFiles } from './scenario-files.js';
import type { Surroundings } from './surroundings.js';
import { threadsFor, wantedThreads } from './threads.js';

const FLAGS = {
  ...RUN_FLAGS,
  ...NAME_FLAG,
  over: { type: 'string', multiple: true },
  zip: { type: 'string', multiple: true },
  sample: { type: 'string' },
  limit: { type: 'string' },
  cells: { type: 'string' },
  force: { type: 'boolean', short: 'f' },
} as const;

type Values = Parsed<typeof FLAGS>['values'];

/** What draws: threads besides the calling one as asked for, and the kernel in each. */
interface Engine {
  readonly wanted: number | undefined;
  readonly kernel: KernelName;
}

/** A sweep, and what sends its cells elsewhere. */
interface Sourced {
  readonly sweep: ResolvedSweep;
  readonly sourceOf: (cell: ResolvedCell) => ScenarioSource;
}

/** A finished sweep, and how its cells' expectations came out. */
type Outcome = SweepReport & { readonly verdicts: readonly Verdict[] };

/**
 * `tokenjoule sweep FILE…`: resolves every cell of every file, then computes those that are not kept from before and writes
 * each file's table as its last cell ends. A file that cannot be swept is reported and does not stop the others.
 *
 * @returns the exit status
 */
export async function sweepCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('sweep', args, FLAGS);
  const { over = [], zip = [], sample } = values;
  const overrides = { ...overridesOf('sweep', values), sweep: { over, zip, ...(sample !== undefined && { sample }) } };
  const limit = values.limit === undefined ? undefined : wholeNumber('sweep', '--limit', values.limit, 1);
  const kernel = oneOf('sweep', '--kernel', values.kernel, KERNEL_NAMES);
  const wanted = wantedThreads('sweep', values.workers);
  outFolder('sweep', values.out);
  resultName('sweep', values.name);
  const limits = limitsOf(around.environment);
  const batch = openBatch(around);
  const files = await scenarioFiles('sweep', positionals);
  const loaded = await loadAll('sweep', batch, files, { folder: values.out, stderr: around.stderr }, async (file) => {
    const content = await loadSweepWithSources(file, overrides, limit);
    checkSweepLimits(file, content.sweep, limits);
    if (values.cluster !== undefined) refuseUndividable(content.sweep);
    return { content, scenario: content.sweep.base, swept: content.sweep.keys };
  });
  const outcomes = loaded.length > 0 ? await sweepAll(loaded, { wanted, kernel }, values, batch, around) : [];
  const { failed } = batch;
  if (values.json) around.stdout.write(`${JSON.stringify({ sweeps: outcomes.map(jsonOf), failed }, null, 2)}\n`);
  return batch.status();
}

/** @throws InputError for a sweep with a cell that no cluster can draw */
function refuseUndividable({ base, cells }: ResolvedSweep): void {
  const why = cells.map(({ scenario }) => undividable(scenario)).find((reason) => reason !== undefined);
  if (why === undefined) return;
  throw usageError('sweep', `--cluster is for runs that can be divided; ${base.name} has ${why}`);
}

async function sweepAll(
  loaded: readonly Loaded<Sourced>[],
  { wanted, kernel }: Engine,
  values: Values,
  batch: Batch,
  around: Surroundings,
): Promise<Outcome[]> {
  const samples = loaded.map(({ content }) => samplesOf(content.sweep));
  const progress = batchProgress(
    samples,
    loaded.map(({ scenario }) => scenario.name),
    around,
  );
  const outcomes: Outcome[] = [];
  const sweeps = loaded.map(({ content }) => content.sweep);
  const pool = await openPool(values.cluster === undefined ? threadsOf(wanted, sweeps, kernel) : 0, undefined, kernel);
  try {
    for (const [i, one] of loaded.entries()) {
      const onProgress = values.quiet ? undefined : progress.of(i);
      const outcome = await batch
        .attempt(one.file, () => sweepOne(pool, one, values, batch, around, onProgress))
        .finally(progress.clear);
      if (!outcome) continue;
      outcomes.push(outcome);
      if (!values.quiet && !values.json) around.stdout.write(textOf(outcomes));
    }
    return outcomes;
  } finally {
    await pool.close();
  }
}

/** Draws of all cells in all passes. */
function samplesOf({ cells }: ResolvedSweep): number {
  return cells.reduce((sum, { scenario }) => sum + scenario.samples * countStages(scenario), 0);
}

/** For the cells of the largest sweep, or the ranges of blocks of its only one. */
function threadsOf(wanted: number | undefined, sweeps: readonly ResolvedSweep[], kernel: KernelName): number {
  const scenarios = sweeps.flatMap(({ cells }) => cells.map(({ scenario }) => scenario));
  return threadsFor(
    wanted,
    (threads) =>
      Math.max(
        ...sweeps.map(({ cells }) =>
          Math.max(
            cells.length,
            blockRanges(allBlocks(cells[0].scenario.samples), threads).length,
            drawnWorlds(cells[0].scenario),
          ),
        ),
      ),
    scenarios.reduce((sum, scenario) => sum + drawSeconds(scenario, kernel) + worldsSeconds(scenario, kernel), 0),
  );
}

async function sweepOne(
  pool: Pool,
  { content, references }: Loaded<Sourced>,
  values: Values,
  batch: Batch,
  around: Surroundings,
  onProgress: ((drawn: number) => void) | undefined,
): Promise<Outcome> {
  const { sweep } = content;
  const verdicts: Verdict[] = [];
  const options = {
    out: values.out,
    cells: values.cells ?? join(values.out, CELLS_FOLDER),
    force: values.force ?? false,
    now: around.now,
    ...resultName('sweep', values.name),
    tell: (sentence: string) => void around.stderr.write(`${sweep.base.name}: ${sentence}\n`),
    signal: around.signal,
    ...(onProgress && { onProgress }),
  };
  const report = await withEngine(pool, content, values.cluster, around, (engine) =>
    runSweepOn(engine, sweep, options, (i, summary, uncertainty) => {
      const { scenario, labels } = sweep.cells[i];
      const label = `, cell ${i} (${sweep.keys.map((key, k) => `${key} = ${labels[k]}`).join(', ')})`;
      verdicts.push(...verdictsOf(scenario, { summary, uncertainty }, references, batch, around, { label, labels }));
    }),
  );
  return { ...report, verdicts };
}

/** This machine's threads, or a cluster. */
async function withEngine<T>(
  pool: Pool,
  { sweep, sourceOf }: Sourced,
  cluster: string | undefined,
  around: Surroundings,
  use: (engine: CellEngine) => Promise<T>,
): Promise<T> {
  if (cluster === undefined) return use(cellsIn(pool, sweep.cells));
  const cells = sweep.cells.length;
  const tell = (sentence: string) => void around.stderr.write(`${sweep.base.name}: ${sentence}\n`);
  const { onCluster } = await import('./on-cluster.js');
  const { clusterCells } = await import('../cluster/cluster-cells.js');
  return onCluster('sweep', cluster, around, tell, (queue) =>
    use(clusterCells(queue, { cells, sourceOf, engine: pool.engine, newId: randomUUID, tell })),
  );
}

/** The last outcome for a reader, apart from those before it. */
function textOf(outcomes: readonly Outcome[]): string {
  const { verdicts, ...report } = outcomes[outcomes.length - 1];
  const expectations = verdicts.length > 0 ? `${verdictsText(verdicts)}\n` : '';
  return `${outcomes.length > 1 ? '\n' : ''}${sweepText(report)}\n${expectations}`;
}

/** One sweep for machines; all rows are in sweep.arrow. */
function jsonOf({ sweep, folder, cells, notes, files, seconds, verdicts }: Outcome) {
  const { name, seed } = sweep.base;
  return { scenario: name, seed, swept: sweep.keys, folder, seconds, notes, expectations: verdicts, cells, files };
}
