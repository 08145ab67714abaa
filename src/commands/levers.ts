import { join } from 'node:path';
import { InputError } from '../errors.js';
import { LEVERS } from '../levers/list.js';
import { ownLever } from '../levers/own-lever.js';
import { type LeverStudy, rankLevers } from '../levers/rank-levers.js';
import { checkSamples, limitsOf } from '../plan/limits.js';
import { leversPage } from '../report/levers-page.js';
import { tableMetadata } from '../result/manifest.js';
import { loadWritten } from '../scenario/load.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { ASSIGNMENT } from '../scenario/set-key.js';
import { LEVERS_TABLE } from '../tables/levers.js';
import { checkWritable, writeFiles } from '../tables/output-folder.js';
import { baseOf, earlierOptions, type NamedResult } from '../tables/result-name.js';
import { encodeTable } from '../tables/write.js';
import { leversText } from '../terminal/levers-text.js';
import { progressDisplay } from '../terminal/progress.js';
import { allOrProblems } from './all-or-problems.js';
import { type Parsed, parseArguments, resultName, usageError, wholeNumber } from './arguments.js';
import { DONE } from './exit-status.js';
import { LEVERS_FLAGS } from './flags.js';
import { loadWithin } from './load-within.js';
import type { Surroundings } from './surroundings.js';
import { withJobs } from './with-jobs.js';

type Values = Parsed<typeof LEVERS_FLAGS>['values'];

/** Draws where the file has more and no flag says otherwise: a saving of a tenth is then known to about a hundredth of itself. */
const MOST_SAMPLES = 2 ** 17;

/**
 * `tokenjoule levers FILE`: what could be changed in a scenario and what each change saves, alone and together, as a table and a page.
 *
 * @returns the exit status
 */
export async function leversCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('levers', args, LEVERS_FLAGS);
  const named = resultName('levers', values.name);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw usageError('levers', `name one scenario file; found ${positionals.length}`);
  const own = (values.lever ?? []).map(ownLeverOf);
  const limits = limitsOf(around.environment);
  const overrides = { set: values.set ?? [], ...(values.seed === undefined ? {} : { seed: values.seed }) };
  const load = (settings: readonly string[]) =>
    loadWithin(limits, file, { ...overrides, set: [...overrides.set, ...settings] });
  const scenario = await load([]);
  await allOrProblems(own.map(({ key, value }) => asLever(load([`${key}=${value}`]))));
  const written = await loadWritten(file, overrides);
  const samples = samplesOf(values, scenario);
  checkSamples(file, samples, limits);
  const progress = progressDisplay(`levers of ${scenario.name}`, around.stderr, around.seconds);
  const shown = values.quiet ? {} : { onProgress: progress.update };
  const levers = [...LEVERS, ...own.map(({ key, value }) => ownLever(key, value))];
  const study = await withJobs('levers', values.workers, around, (jobs) =>
    rankLevers(written, load, { levers, samples, jobs, signal: around.signal, ...shown }).finally(progress.clear),
  );
  const folder = await write(study, scenario, values.out, named, around);
  if (values.json) around.stdout.write(`${JSON.stringify({ folder, ...study }, null, 2)}\n`);
  else if (!values.quiet) around.stdout.write(`${leversText(study, folder, named.name)}\n`);
  return DONE;
}

function ownLeverOf(text: string): { readonly key: string; readonly value: string } {
  const [, key, value] = ASSIGNMENT.exec(text) ?? [];
  if (key !== undefined && value !== undefined) return { key: key.trim(), value };
  throw usageError('levers', `--lever takes KEY=VALUE, as --set does; found ${JSON.stringify(text)}`);
}

/** What is wrong with a change that the user states is said of the option that states it. */
async function asLever<T>(loading: Promise<T>): Promise<T> {
  try {
    return await loading;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const named = error.problems.map((one) => ({ ...one, file: one.file.replace(/^--set /, '--lever ') }));
    throw new InputError(named);
  }
}

function samplesOf({ samples }: Values, scenario: ResolvedScenario): number {
  if (samples === undefined) return Math.min(MOST_SAMPLES, scenario.samples);
  return wholeNumber('levers', '--samples', samples, 1);
}

async function write(
  study: LeverStudy,
  scenario: ResolvedScenario,
  out: string,
  named: NamedResult,
  { signal, stderr }: Surroundings,
): Promise<string> {
  const path = join(out, scenario.name);
  await checkWritable(path);
  const base = baseOf(LEVERS_TABLE.name, named.name);
  const files = [
    { name: `${base}.arrow`, content: await encodeTable(LEVERS_TABLE, study.rows, tableMetadata(scenario)) },
    { name: `${base}.html`, content: await leversPage(study) },
  ];
  const tell = (sentence: string) => void stderr.write(`${scenario.name}: ${sentence}\n`);
  await writeFiles(path, files, { ...earlierOptions([base], { ...named, tell }), signal });
  return path;
}
