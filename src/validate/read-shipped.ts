import { readFile } from 'node:fs/promises';
import { aliasesOf, aliasRows } from '../model/catalogue/aliases.js';
import type { CsvRecord, PoolTables } from '../model/throughput/pool/configurations.js';
import { readLines } from '../scenario/dataset/lines.js';
import { type MeasuredTable, readMeasured } from './read-measured.js';

// Needs Node: the tables in scenarios/data, whose sources are in scenarios/data/README.md.

const FOLDER = new URL('../../scenarios/data/', import.meta.url);

/** The measured energies that ship. */
export async function shippedMeasurements(): Promise<MeasuredTable> {
  return readMeasured('measured-energy.csv', await readFile(new URL('measured-energy.csv', FOLDER)));
}

/** The tables that priors come from and that names are looked up in. */
export async function shippedTables(): Promise<PoolTables> {
  const [throughput, serving, models, hardware, aliases] = await Promise.all(
    ['throughput-tensorrt-llm.csv', 'throughput-other.csv', 'models.csv', 'hardware.csv', 'aliases.csv'].map(
      shippedRecords,
    ),
  );
  return { throughput, serving, models, hardware, aliases: aliasesOf(aliasRows(aliases)) };
}

/** The scenario that the paper's law is scored by where none is named. */
export const SHIPPED_SCENARIO = new URL('../../scenarios/oviedo-2026.yaml', import.meta.url);

/** The rows of a table in scenarios/data, by its column names. */
export async function shippedRecords(file: string): Promise<CsvRecord[]> {
  const complain = (line: number, message: string) => {
    throw new Error(`${file}:${line}: ${message}`);
  };
  const [header, ...lines] = await readLines(await readFile(new URL(file, FOLDER)), complain);
  return lines.map(({ fields }) => Object.fromEntries(header.fields.map((name, i) => [name, fields[i]])));
}
