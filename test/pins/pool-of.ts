import { afterAll, beforeAll } from 'vitest';
import { openPool, type Pool } from '../../dist/index.js';

/** The pool of a describe block, open for as long as its tests run. */
export function poolOf(workers: number, kernel: 'wasm' | 'reference'): () => Pool {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openPool(workers, undefined, kernel);
  });
  afterAll(() => pool.close());
  return () => pool;
}
