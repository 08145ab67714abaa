import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { InputError } from '../errors.js';
import type { FileError } from '../regular-file.js';
import { dayRows } from '../result/rows/day.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { type ReadRow, readRowsOf, readTable, rowsWith } from '../tables/read.js';
import { readJson } from '../tables/read-json.js';
import { FLEET, SUMMARY, type SummaryRow } from '../tables/schema.js';
import type { Reference } from './judge.js';

/** Earlier results by their folder as written, each for the cell with these labels; a run has one cell without labels. */
export type References = (folder: string, labels: readonly (string | number)[]) => Reference | undefined;

/** What `ratio_to` says for the result before this one: of the night before, or the one that the run will replace. */
export const PREVIOUS = 'previous';

/**
 * Reads the earlier results that a scenario's expectations compare with (this file needs Node). To be called before the run,
 * which may write to the same folder.
 *
 * @param scenarioFolder where relative paths start
 * @param previous the folder that `previous` stands for
 * @param swept the swept keys of a sweep; none for a run
 * @throws InputError for a folder without the result
 */
export async function readReferences(
  scenario: ResolvedScenario,
  scenarioFolder: string,
  previous: string,
  swept: readonly string[] = [],
): Promise<References> {
  const folders = [...new Set((scenario.expect ?? []).flatMap(({ ratio_to }) => ratio_to ?? []))];
  const read = await Promise.all(
    folders.map(async (folder) => {
      const written = isAbsolute(folder) ? folder : join(scenarioFolder, folder);
      const place = folder === PREVIOUS ? previous : written;
      return [folder, await readResult(place, swept)] as const;
    }),
  );
  const byFolder = new Map(read);
  return (folder, labels) => byFolder.get(folder)?.get(JSON.stringify(labels));
}

async function readResult(folder: string, swept: readonly string[]): Promise<Map<string, Reference>> {
  const [table, manifest] = swept.length > 0 ? ['sweep.arrow', 'sweep.json'] : ['summary.arrow', 'manifest.json'];
  const samples = await samplesOf(folder, manifest);
  const read = await readTable(join(folder, table));
  const { rows, columns } = read;
  rowsWith(join(folder, table), read, SUMMARY);
  const lacking = swept.find((key) => !columns.some(({ name }) => name === key));
  if (lacking !== undefined) {
    fail(join(folder, table), `was not swept over ${lacking}; compare with an earlier sweep of the same keys`);
  }
  const cells = new Map<string, ReadRow[]>();
  for (const row of rows) {
    const labels = JSON.stringify(swept.map((key) => row[key]));
    const known = cells.get(labels);
    if (known) known.push(row);
    else cells.set(labels, [row]);
  }
  const found = [...cells].map(([labels, cell]) => [labels, referenceOf(cell, samples)] as const);
  if (swept.length > 0) return new Map(found);
  const days = await daysOf(folder, samples);
  return new Map(found.map(([labels, { summary, ...rest }]) => [labels, { ...rest, summary: [...summary, ...days] }]));
}

/** The fleet's days of a run, none where its folder has none. */
async function daysOf(folder: string, samples: number): Promise<SummaryRow[]> {
  const file = join(folder, `${FLEET.name}.arrow`);
  if (!existsSync(file)) return [];
  return dayRows('', await readRowsOf(file, FLEET), samples);
}

function referenceOf(rows: readonly ReadRow[], samples: number): Reference {
  const swept = rows[0].samples;
  return { samples: typeof swept === 'number' ? swept : samples, summary: rows as unknown as readonly SummaryRow[] };
}

async function samplesOf(folder: string, name: string): Promise<number> {
  const file = join(folder, name);
  const manifest = (await readJson(file).catch(({ message }: FileError) =>
    fail(file, `${message}; make the earlier result first, or leave the expectation out`),
  )) as { scenario?: { samples?: unknown } } | null | undefined;
  const samples = manifest?.scenario?.samples;
  return typeof samples === 'number' ? samples : fail(file, 'is not a manifest that tokenjoule wrote');
}

function fail(file: string, message: string): never {
  throw new InputError([{ file, key: 'ratio_to', message }]);
}
