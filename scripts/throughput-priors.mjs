// Computes the priors of the request-cost law from the tables in scenarios/data and prints the file that holds them:
// npm run build && node scripts/throughput-priors.mjs > src/model/throughput/stored-priors.ts && npx biome format --write src
// With the name of a family of aliases.csv, that family is left out: what to judge a prediction of one of its models by.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { aliasesOf, aliasRows } from '../dist/model/catalogue/aliases.js';
import { poolPriors, readPool } from '../dist/model/throughput/pool/pool-priors.js';

/** Digits that are kept: more than the tables bear, few enough to read. */
const DIGITS = 6;

const read = (file) =>
  parse(readFileSync(new URL(`../scenarios/data/${file}`, import.meta.url), 'utf8'), { columns: true });

const pool = readPool({
  throughput: read('throughput-tensorrt-llm.csv'),
  serving: read('throughput-other.csv'),
  models: read('models.csv'),
  hardware: read('hardware.csv'),
  aliases: aliasesOf(aliasRows(read('aliases.csv'))),
});
const priors = poolPriors(pool, process.argv[2]);
const rounded = (_key, value) => (typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value);

process.stdout.write(`import type { PooledPriors } from './pooled-priors.js';

/**
 * What the tables in scenarios/data tell of a model that is in none of them. Computed by scripts/throughput-priors.mjs, not by
 * hand; test/model/throughput/stored-priors.test.ts computes it again.
 */
export const STORED_PRIORS: PooledPriors = ${JSON.stringify(priors, rounded, 2)};
`);
