import { readNights } from '../comparison/read-nights.js';
import { trendOf } from '../comparison/trend.js';
import { trendPage } from '../report/trend-page.js';
import { checkWritable, writeFiles } from '../tables/output-folder.js';
import { TREND } from '../tables/trend.js';
import { encodeTable } from '../tables/write.js';
import { trendLines, trendReason } from '../terminal/trend-text.js';
import { parseArguments, usageError } from './arguments.js';
import { DONE, UNEXPECTED } from './exit-status.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  out: { type: 'string', short: 'o' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/**
 * `tokenjoule trend DIR`: every scenario's medians and fleet over the nights in a folder, as a table and a page there.
 *
 * @returns 3 if anything moved on the last night, or a scenario is missing, with the reason in one line of stderr
 */
export async function trendCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('trend', args, FLAGS);
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0)
    throw usageError('trend', `name one folder, which holds a folder for each night; found ${positionals.length}`);
  const out = values.out ?? folder;
  await checkWritable(out);
  const trend = trendOf(await readNights(folder));
  const files = [
    { name: `${TREND.name}.arrow`, content: await encodeTable(TREND, trend.rows, {}) },
    { name: `${TREND.name}.html`, content: trendPage(trend) },
  ];
  await writeFiles(out, files, { signal: around.signal });
  if (values.json) around.stdout.write(`${JSON.stringify({ folder: out, ...trend }, null, 2)}\n`);
  else if (!values.quiet)
    around.stdout.write(
      `${[...trendLines(trend, 'trend.arrow'), `trend.arrow and trend.html in ${out}`].join('\n')}\n`,
    );
  if (trend.moved.length === 0 && trend.missing.length === 0) return DONE;
  if (values.quiet || values.json) around.stderr.write(`${trendReason(trend)}\n`);
  return UNEXPECTED;
}
