import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Comparison, compareScenarios, seedComplaint } from '../comparison/compare.js';
import { compareNights, isNight } from '../comparison/compare-nights.js';
import { compareResults } from '../comparison/compare-results.js';
import { InputError } from '../errors.js';
import { checkSamples, type Limits, limitsOf } from '../plan/limits.js';
import { tableMetadata } from '../result/manifest.js';
import { checkWritable, writeFiles } from '../tables/output-folder.js';
import { baseOf, earlierOptions, type NamedResult } from '../tables/result-name.js';
import { ATTRIBUTION, COMPARE, compareTable } from '../tables/studies.js';
import { encodeTable } from '../tables/write.js';
import { comparisonText } from '../terminal/comparison-text.js';
import { nightsText } from '../terminal/nights-text.js';
import { progressDisplay } from '../terminal/progress.js';
import { allOrProblems } from './all-or-problems.js';
import { type Parsed, parseArguments, resultName, usageError, wholeNumber } from './arguments.js';
import { DONE } from './exit-status.js';
import { DRAWING_FLAGS, NAME_FLAG } from './flags.js';
import { loadWithin } from './load-within.js';
import type { Surroundings } from './surroundings.js';
import { withJobs } from './with-jobs.js';

const FLAGS = { ...DRAWING_FLAGS, ...NAME_FLAG } as const;

type Values = Parsed<typeof FLAGS>['values'];

/** A comparison, with what its tables say of their origin and the name of their folder. */
interface Compared {
  readonly comparison: Comparison;
  readonly metadata: Readonly<Record<string, string>>;
  readonly folder: string;
  /** What is said of it, where that is not what is said of two results. */
  readonly text?: typeof comparisonText;
}

/** Draws compared where the files have more and no flag says otherwise: the median is then known to about 0.4 %. */
const MOST_SAMPLES = 2 ** 17;

/**
 * `tokenjoule compare A B`: two scenario files draw by draw, or two result folders by their summaries, or two folders of them.
 *
 * @returns the exit status
 */
export async function compareCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('compare', args, FLAGS);
  const named = resultName('compare', values.name);
  if (positionals.length !== 2) {
    throw usageError('compare', `name two scenario files or two result folders; found ${positionals.length}`);
  }
  const [a, b] = positionals;
  const compared = (await areFolders(a, b))
    ? await ofFolders(a, b, values)
    : await ofFiles(a, b, values, limitsOf(around.environment), around);
  const folder = await write(compared, values.out, named, around);
  const { comparison, text = comparisonText } = compared;
  if (values.json) around.stdout.write(`${JSON.stringify({ folder, ...comparison }, null, 2)}\n`);
  else if (!values.quiet) around.stdout.write(`${text(comparison, folder, named.name)}\n`);
  return DONE;
}

async function areFolders(a: string, b: string): Promise<boolean> {
  const isFolder = (path: string) =>
    stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
  const [first, second] = await Promise.all([isFolder(a), isFolder(b)]);
  if (first === second) return first;
  const [folder, file] = first ? [a, b] : [b, a];
  throw usageError(
    'compare',
    `${folder} is a folder and ${file} is not; name two scenario files or two result folders`,
  );
}

async function ofFolders(a: string, b: string, { seed, samples, set }: Values): Promise<Compared> {
  if (seed !== undefined || samples !== undefined || set !== undefined) {
    throw usageError('compare', '--seed, --samples and --set are for scenario files; results are as they were drawn');
  }
  const metadata = { 'tokenjoule.compared': JSON.stringify([a, b]) };
  const [isNightA, isNightB] = await Promise.all([isNight(a), isNight(b)]);
  if (isNightA && isNightB) {
    const comparison = await compareNights(a, b);
    const text = (_: Comparison, folder: string, name?: string) => nightsText(comparison, folder, name);
    return { comparison, metadata, folder: `${basename(resolve(b))}-vs-${basename(resolve(a))}`, text };
  }
  if (isNightA !== isNightB) {
    const [night, run] = isNightA ? [a, b] : [b, a];
    throw usageError(
      'compare',
      `${run} is a run's folder and ${night} is not; name two of runs, or two that hold them`,
    );
  }
  const comparison = await compareResults(a, b);
  return { comparison, metadata, folder: folderOf(comparison, a, b) };
}

async function ofFiles(a: string, b: string, values: Values, limits: Limits, around: Surroundings): Promise<Compared> {
  const overrides = { set: values.set ?? [], ...(values.seed === undefined ? {} : { seed: values.seed }) };
  const [one, other] = await allOrProblems([a, b].map((file) => loadWithin(limits, file, overrides)));
  const samples =
    values.samples === undefined
      ? Math.min(MOST_SAMPLES, one.samples, other.samples)
      : wholeNumber('compare', '--samples', values.samples, 1);
  checkSamples(b, samples, limits);
  const complaint = seedComplaint(one, other);
  if (complaint !== undefined) throw new InputError([{ file: b, key: 'seed', message: complaint }]);
  const progress = progressDisplay(`${other.name} against ${one.name}`, around.stderr, around.seconds);
  const shown = values.quiet ? {} : { onProgress: progress.update };
  const { signal } = around;
  const comparison = await withJobs('compare', values.workers, around, (jobs) =>
    compareScenarios(one, other, { samples, jobs, signal, ...shown }).finally(progress.clear),
  );
  return { comparison, metadata: tableMetadata(other), folder: `${other.name}-vs-${one.name}` };
}

function folderOf({ compare }: Comparison, a: string, b: string): string {
  const [first] = compare;
  if (first) return `${first.scenario_b}-vs-${first.scenario_a}`;
  throw new InputError([{ file: b, key: '', message: `has no regime with a model or blend that ${a} has, too` }]);
}

async function write(
  { comparison, metadata, folder }: Compared,
  out: string,
  named: NamedResult,
  { signal, stderr }: Surroundings,
): Promise<string> {
  const path = join(out, folder);
  await checkWritable(path);
  const [compare, attribution] = [COMPARE, ATTRIBUTION].map((table) => baseOf(table.name, named.name));
  const table = compareTable(comparison.quantiles);
  const files = [
    { name: `${compare}.arrow`, content: await encodeTable(table, comparison.compare, metadata) },
    { name: `${attribution}.arrow`, content: await encodeTable(ATTRIBUTION, comparison.attribution, metadata) },
  ];
  const tell = (sentence: string) => void stderr.write(`${folder}: ${sentence}\n`);
  await writeFiles(path, files, { ...earlierOptions([compare, attribution], { ...named, tell }), signal });
  return path;
}
