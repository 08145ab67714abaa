import { readFileSync } from 'node:fs';
import { type Aliases, aliasesOf, aliasRows } from '../../../src/model/catalogue/aliases.js';
import type { CsvRecord, PoolTables } from '../../../src/model/throughput/pool/configurations.js';
import { parseCsv } from '../../oracle/csv.js';

/** The records of a table that the project ships. */
export function shippedTable(file: string): CsvRecord[] {
  const text = readFileSync(new URL(`../../../scenarios/data/${file}`, import.meta.url), 'utf8');
  return parseCsv(text).map((record) => Object.fromEntries(record));
}

/** The aliases that the project ships. */
export function shippedAliases(): Aliases {
  return aliasesOf(aliasRows(shippedTable('aliases.csv')));
}

/** What the priors are computed from. */
export function shippedPoolTables(): PoolTables {
  return {
    throughput: shippedTable('throughput-tensorrt-llm.csv'),
    serving: shippedTable('throughput-other.csv'),
    models: shippedTable('models.csv'),
    hardware: shippedTable('hardware.csv'),
    aliases: shippedAliases(),
  };
}
