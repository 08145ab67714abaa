import { join } from 'node:path';
import { writeFiles } from '../tables/output-folder.js';
import { allOrProblems } from './all-or-problems.js';
import { parseArguments, usageError } from './arguments.js';
import { DONE } from './exit-status.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = { quiet: { type: 'boolean', short: 'q' } } as const;

/**
 * `tokenjoule report FOLDER…`: one page about the runs and sweeps in these folders, written into the first; of one folder that holds
 * folders of runs, an overview of them.
 */
export async function reportCommand(args: readonly string[], { stdout, signal }: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('report', args, FLAGS);
  if (positionals.length === 0)
    throw usageError('report', 'name at least one folder of results, e.g. output/oviedo-2026');
  const [{ readResult }, { reportPage }, { publishedEstimates }] = await Promise.all([
    import('../report/read-run.js'),
    import('../report/page.js'),
    import('../report/published-estimates.js'),
  ]);
  const content =
    (await overviewOf(positionals)) ??
    (await reportPage(await allOrProblems(positionals.map(readResult)), await publishedEstimates()));
  await writeFiles(positionals[0], [{ name: 'report.html', content }], { signal });
  if (!values.quiet) stdout.write(`${join(positionals[0], 'report.html')}\n`);
  return DONE;
}

/** The page about a folder of runs; undefined where folders of results were named. */
async function overviewOf(folders: readonly string[]): Promise<string | undefined> {
  const [{ runsIn, readOverview }, { overviewPage }] = await Promise.all([
    import('../report/read-overview.js'),
    import('../report/overview-page.js'),
  ]);
  const [folder, ...others] = folders;
  const names = others.length === 0 ? await runsIn(folder) : [];
  return names.length === 0 ? undefined : overviewPage(folder, await readOverview(folder, names));
}
