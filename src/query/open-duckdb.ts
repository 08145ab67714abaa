import { InputError } from '../errors.js';

export type DuckDB = typeof import('@duckdb/node-api');

/** DuckDB, which is an optional dependency: it is 70 MB. @throws InputError saying how to install it */
export async function openDuckDB(load: () => Promise<DuckDB> = () => import('@duckdb/node-api')): Promise<DuckDB> {
  try {
    return await load();
  } catch {
    const message =
      'needs DuckDB, an optional dependency that is not installed here: npm install @duckdb/node-api. ' +
      'Or convert the tables (tokenjoule convert output --to parquet) and query them with any tool';
    throw new InputError([{ file: 'tokenjoule query', key: '', message }]);
  }
}
