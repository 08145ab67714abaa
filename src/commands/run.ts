import { availableParallelism } from 'node:os';
import type { Verdict } from '../expect/judge.js';
import { KERNEL_NAMES, type KernelChoice } from '../kernel/load.js';
import { blockRanges } from '../plan.js';
import { type RunReport, runScenario } from '../run.js';
import { loadScenario } from '../scenario/load.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { runText } from '../terminal/run-text.js';
import { verdictsText } from '../terminal/verdict-text.js';
import { openPool, type Pool } from '../workers/pool.js';
import { oneOf, type Parsed, parseArguments, wholeNumber } from './arguments.js';
import { type Batch, batchProgress, openBatch } from './batch.js';
import { type Loaded, loadAll, overridesOf, verdictsOf } from './loaded.js';
import { scenarioFiles } from './scenario-files.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  out: { type: 'string', short: 'o', default: 'output' },
  samples: { type: 'string', short: 'n' },
  seed: { type: 'string', short: 's' },
  workers: { type: 'string', short: 'j' },
  kernel: { type: 'string', default: 'auto' },
  set: { type: 'string', multiple: true },
  'keep-samples': { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

type Values = Parsed<typeof FLAGS>['values'];

/** What draws: threads besides the calling one, and the kernel in each. */
interface Engine {
  readonly workers: number;
  readonly kernel: KernelChoice;
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
  const { values, positionals } = parseArguments('run', args, FLAGS);
  const overrides = overridesOf('run', values);
  const kernel = oneOf('run', '--kernel', values.kernel, KERNEL_NAMES);
  const batch = openBatch(around);
  const files = await scenarioFiles('run', positionals);
  const loaded = await loadAll('run', batch, files, async (file) => {
    const scenario = await loadScenario(file, overrides);
    return { content: scenario, scenario, swept: [] };
  });
  const workers = workersFor(
    values.workers,
    loaded.map(({ scenario }) => scenario),
  );
  const outcomes = loaded.length > 0 ? await runAll(loaded, { workers, kernel }, values, batch, around) : [];
  const { failed } = batch;
  if (values.json) around.stdout.write(`${JSON.stringify({ runs: outcomes.map(jsonOf), failed }, null, 2)}\n`);
  return batch.status();
}

async function runAll(
  loaded: readonly Loaded<ResolvedScenario>[],
  { workers, kernel }: Engine,
  values: Values,
  batch: Batch,
  around: Surroundings,
): Promise<Outcome[]> {
  const samples = loaded.map(({ scenario }) => scenario.samples * (scenario.blends.length > 0 ? 2 : 1));
  const progress = batchProgress(
    samples,
    loaded.map(({ scenario }) => scenario.name),
    around,
  );
  const outcomes: Outcome[] = [];
  const pool = await openPool(workers, undefined, kernel);
  try {
    for (const [i, one] of loaded.entries()) {
      const onProgress = values.quiet ? undefined : progress.of(i);
      const report = await batch
        .attempt(one.file, () => runOne(pool, one.scenario, values, around, onProgress))
        .finally(progress.clear);
      if (!report) continue;
      const verdicts = verdictsOf(one.scenario, report.tables.summary, one.references, batch, around);
      outcomes.push({ ...report, verdicts });
      if (!values.quiet && !values.json) around.stdout.write(textOf(outcomes));
    }
    return outcomes;
  } finally {
    await pool.close();
  }
}

/** As many threads as cores, but none where the largest run is a single range of blocks. */
function workersFor(flag: string | undefined, scenarios: readonly ResolvedScenario[]): number {
  if (flag !== undefined) return wholeNumber('run', '--workers', flag, 0);
  const cores = availableParallelism();
  const ranges = Math.max(0, ...scenarios.map(({ samples }) => blockRanges(samples, cores).length));
  return ranges > 1 ? Math.min(cores, ranges) : 0;
}

function runOne(
  pool: Pool,
  scenario: ResolvedScenario,
  values: Values,
  around: Surroundings,
  onProgress: ((drawn: number) => void) | undefined,
): Promise<RunReport> {
  return runScenario(pool, scenario, {
    workers: pool.workers,
    out: values.out,
    keepSamples: values['keep-samples'] ?? false,
    now: around.now,
    signal: around.signal,
    ...(onProgress && { onProgress }),
  });
}

/** The last outcome for a reader, apart from those before it. */
function textOf(outcomes: readonly Outcome[]): string {
  const { verdicts, ...report } = outcomes[outcomes.length - 1];
  const expectations = verdicts.length > 0 ? `${verdictsText(verdicts)}\n` : '';
  return `${outcomes.length > 1 ? '\n' : ''}${runText(report)}\n${expectations}`;
}

/** One run for machines: the tables' rows under the tables' names. */
function jsonOf({ scenario, folder, tables, notes, files, seconds, verdicts }: Outcome) {
  const { summary, throughput, fleet, inputs } = tables;
  const { name, seed, samples } = scenario;
  const expectations = verdicts;
  return {
    scenario: name,
    seed,
    samples,
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
