import { parseArguments, usageError } from './arguments.js';
import { DONE } from './exit-status.js';
import { parseFormats } from './formats.js';
import type { Surroundings } from './surroundings.js';

const FLAGS = {
  to: { type: 'string' },
  out: { type: 'string', short: 'o' },
  'raw-text': { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/** `tokenjoule convert FILE|DIR… --to parquet,csv [--out DIR]`: tables in other formats, beside them or partitioned. */
export async function convertCommand(args: readonly string[], { stdout, signal }: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('convert', args, FLAGS);
  if (positionals.length === 0) throw usageError('convert', 'name a table or a folder of results, e.g. output');
  if (values.to === undefined) throw usageError('convert', 'say what to convert to: --to parquet, --to csv');
  const formats = parseFormats('convert', '--to', values.to);
  if (values.out === undefined && formats.has('arrow')) {
    throw usageError('convert', 'the tables are Arrow files already; --to arrow needs --out');
  }
  const [{ findTables }, { convertTables }] = await Promise.all([
    import('../formats/find-tables.js'),
    import('../formats/convert.js'),
  ]);
  const tables = (await Promise.all(positionals.map(findTables))).flat();
  const written = await convertTables(tables, formats, values.out, signal, {
    rawText: values['raw-text'],
    byDate: true,
  });
  if (!values.quiet) stdout.write(written.map((path) => `${path}\n`).join(''));
  return DONE;
}
