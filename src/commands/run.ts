import { join } from 'node:path';
import type { Verdict } from '../expect/judge.js';
import type { Format } from '../formats/formats.js';
import { KERNEL_NAMES, type KernelChoice } from '../kernel/load.js';
import { blockRanges } from '../plan.js';
import { type RunReport, runScenario } from '../run.js';
import { loadScenario } from '../scenario/load.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { checkWritable } from '../tables/output-folder.js';
import { type Palette, paletteFor } from '../terminal/color.js';
import { runText } from '../terminal/run-text.js';
import { verdictsText } from '../terminal/verdict-text.js';
import { openPool } from '../workers/open-pool.js';
import type { Pool } from '../workers/pool.js';
import { oneOf, outFolder, type Parsed, parseArguments } from './arguments.js';
import { type Batch, batchProgress, openBatch } from './batch.js';
import { parseFormats } from './formats.js';
import { type Loaded, loadAll, overridesOf, verdictsOf } from './loaded.js';
import { scenarioFiles } from './scenario-files.js';
import type { Surroundings } from './surroundings.js';
import { threadsFor, wantedThreads } from './threads.js';

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
  format: { type: 'string', default: 'arrow' },
  json: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

type Values = Parsed<typeof FLAGS>['values'];

/** The flags of a run, read. */
interface RunFlags {
  readonly out: string;
  readonly wanted: number | undefined;
  readonly kernel: KernelChoice;
  readonly keepSamples: boolean;
  readonly formats: ReadonlySet<Format>;
  readonly palette: Palette;
  readonly quiet: boolean;
  readonly json: boolean;
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
  const flags = flagsOf(values, around);
  const overrides = overridesOf('run', values);
  const batch = openBatch(around);
  const files = await scenarioFiles('run', positionals);
  const loaded = await loadAll('run', batch, files, async (file) => {
    const scenario = await loadScenario(file, overrides);
    await checkWritable(join(flags.out, scenario.name));
    return { content: scenario, scenario, swept: [] };
  });
  const outcomes = loaded.length > 0 ? await runAll(loaded, flags, batch, around) : [];
  const { failed } = batch;
  if (flags.json) around.stdout.write(`${JSON.stringify({ runs: outcomes.map(jsonOf), failed }, null, 2)}\n`);
  return batch.status();
}

function flagsOf(values: Values, { stdout, environment = {} }: Surroundings): RunFlags {
  return {
    out: outFolder('run', values.out),
    wanted: wantedThreads('run', values.workers),
    kernel: oneOf('run', '--kernel', values.kernel, KERNEL_NAMES),
    keepSamples: values['keep-samples'] ?? false,
    formats: parseFormats('run', '--format', values.format),
    palette: paletteFor(stdout, environment, values['no-color']),
    quiet: values.quiet ?? false,
    json: values.json ?? false,
  };
}

async function runAll(
  loaded: readonly Loaded<ResolvedScenario>[],
  flags: RunFlags,
  batch: Batch,
  around: Surroundings,
): Promise<Outcome[]> {
  const scenarios = loaded.map(({ scenario }) => scenario);
  const samples = scenarios.map(({ samples, blends }) => samples * (blends.length > 0 ? 2 : 1));
  const names = scenarios.map(({ name }) => name);
  const progress = batchProgress(samples, names, around);
  const outcomes: Outcome[] = [];
  const pool = await openPool(threadsOf(flags, scenarios), undefined, flags.kernel);
  try {
    for (const [i, one] of loaded.entries()) {
      const onProgress = flags.quiet ? undefined : progress.of(i);
      const report = await batch
        .attempt(one.file, () => runOne(pool, one.scenario, flags, around, onProgress))
        .finally(progress.clear);
      if (!report) continue;
      const verdicts = verdictsOf(one.scenario, report.tables.summary, one.references, batch, around);
      outcomes.push({ ...report, verdicts });
      if (!flags.quiet && !flags.json) around.stdout.write(textOf(outcomes, flags.palette));
    }
    return outcomes;
  } finally {
    await pool.close();
  }
}

/** For the largest run's ranges of blocks. */
function threadsOf({ wanted }: RunFlags, scenarios: readonly ResolvedScenario[]): number {
  return threadsFor(wanted, (threads) =>
    Math.max(...scenarios.map(({ samples }) => blockRanges(samples, threads).length)),
  );
}

function runOne(
  pool: Pool,
  scenario: ResolvedScenario,
  { out, keepSamples, formats }: RunFlags,
  { now, signal }: Surroundings,
  onProgress: ((drawn: number) => void) | undefined,
): Promise<RunReport> {
  return runScenario(pool, scenario, {
    out,
    keepSamples,
    formats,
    now,
    signal,
    ...(onProgress && { onProgress }),
  });
}

/** The last outcome for a reader, apart from those before it. */
function textOf(outcomes: readonly Outcome[], palette: Palette): string {
  const { verdicts, ...report } = outcomes[outcomes.length - 1];
  const expectations = verdicts.length > 0 ? `${verdictsText(verdicts)}\n` : '';
  return `${outcomes.length > 1 ? '\n' : ''}${runText(report, palette)}\n${expectations}`;
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
