import { InputError } from '../errors.js';

export type DuckDB = typeof import('@duckdb/node-api');

const OTHER = 'which is installed and cannot be loaded: ';

/** DuckDB, which is an optional dependency: it is 70 MB. @throws InputError saying how to install it, or why it cannot be loaded */
export async function openDuckDB(load: () => Promise<DuckDB> = () => import('@duckdb/node-api')): Promise<DuckDB> {
  try {
    return await load();
  } catch (error) {
    const { code, message: cause } = error as NodeJS.ErrnoException;
    const absent = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    const why = absent
      ? 'an optional dependency that is not installed here: npm install @duckdb/node-api'
      : OTHER + cause;
    const message = `needs DuckDB, ${why}. Or convert the tables (tokenjoule convert output --to parquet) and query them with any tool`;
    throw new InputError([{ file: 'tokenjoule query', key: '', message }]);
  }
}
