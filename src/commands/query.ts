import { alignedLines, significant } from '../format.js';
import type { Cell, QueryResult } from '../query/query.js';
import { byteSize, parseArguments, usageError, wholeNumber } from './arguments.js';
import { DONE } from './exit-status.js';
import { DRAWING_FLAGS, QUERY_FLAGS } from './flags.js';
import type { Surroundings } from './surroundings.js';

/** `tokenjoule query SQL [FILE|DIR…]`: an SQL query over the tables of all runs in these folders. */
export async function queryCommand(args: readonly string[], { stdout, signal }: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments('query', args, QUERY_FLAGS);
  const [sql, ...paths] = positionals;
  if (sql === undefined) {
    throw usageError(
      'query',
      'give a query, e.g. "select regime, subject, p50 from summary where metric = \'energy\'"',
    );
  }
  const bounds = {
    allowFiles: values['allow-files'] ?? false,
    seconds: wholeNumber('query', '--max-seconds', values['max-seconds'], 1),
    memoryBytes: byteSize('query', '--max-memory', values['max-memory']),
  };
  const [{ openDuckDB }, { queryTables }, { findTables }] = await Promise.all([
    import('../query/open-duckdb.js'),
    import('../query/query.js'),
    import('../formats/find-tables.js'),
  ]);
  const duckdb = await openDuckDB();
  const tables = (await Promise.all((paths.length > 0 ? paths : [DRAWING_FLAGS.out.default]).map(findTables))).flat();
  const result = await queryTables(duckdb, sql, tables, bounds, signal);
  stdout.write(values.json ? `${JSON.stringify(objectsOf(result), null, 2)}\n` : `${textOf(result)}\n`);
  return DONE;
}

function objectsOf({ columns, rows }: QueryResult): object[] {
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i], cell])));
}

function textOf({ columns, rows }: QueryResult): string {
  const counted = `(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`;
  return [...alignedLines([columns, ...rows.map((row) => row.map(cellText))]), counted].join('\n');
}

/** Four significant digits of what is measured; whole numbers, such as counts, in full. */
function cellText(cell: Cell): string {
  if (cell === null) return '–';
  return typeof cell === 'number' && !Number.isInteger(cell) ? significant(cell, 4) : String(cell);
}
