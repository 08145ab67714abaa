import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST } from '../result/manifest.js';
import { finishedRun, type Wanted } from '../run/finished.js';
import type { RunReport } from '../run/run.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { type OutputFile, writeFiles } from '../tables/output-folder.js';

/** What became of one scenario of a batch: its run was made, its result stood already, or was taken over from an earlier night. */
export type RunState = 'drawn' | 'kept' | 'taken over';

/** Where a result may stand already. */
export interface StandingPlaces {
  readonly out: string;
  /** Results of an earlier night. */
  readonly previous: string | undefined;
}

/**
 * The result of `scenario` that need not be made again, as it stands in `out` or copied there from the earlier night; undefined
 * where neither has one of the same scenario, data, version and kernel, in the wanted files.
 *
 * @throws InputError if the folder cannot be written
 */
export async function standingResult(
  { out, previous }: StandingPlaces,
  scenario: ResolvedScenario,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<(RunReport & { readonly state: RunState }) | undefined> {
  const folder = join(out, scenario.name);
  const kept = await finishedRun(folder, scenario, wanted);
  if (kept || previous === undefined) return kept && { ...kept, state: 'kept' };
  const earlier = await finishedRun(join(previous, scenario.name), scenario, wanted);
  if (earlier === undefined) return undefined;
  await writeFiles(folder, copiesOf(earlier), { signal });
  return { ...earlier, folder, state: 'taken over' };
}

async function* copiesOf({ folder, files }: RunReport): AsyncGenerator<OutputFile> {
  for (const name of [...files.map((file) => file.name), MANIFEST])
    yield { name, content: await readFile(join(folder, name)) };
}
