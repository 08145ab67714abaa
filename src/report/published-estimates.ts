import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { BOUNDARIES, type Boundary } from '../model/boundary.js';

/** An estimate by others of the energy of one query. */
export interface PublishedEstimate {
  readonly estimate: string;
  readonly workload: string;
  /** Wh per query; null where the source gives none. */
  readonly energy_wh: number | null;
  readonly low_wh: number | null;
  readonly high_wh: number | null;
  /** What the figure counts, in the source's words. */
  readonly boundary: string;
  readonly boundary_code: Boundary;
  readonly kind: string;
  readonly year: string;
  readonly source_title: string;
  readonly source_url: string;
  readonly confidence: string;
}

const FILE = new URL('../../scenarios/data/published-estimates.csv', import.meta.url);

/** The estimates that come with tokenjoule (this file needs Node); their sources are in scenarios/data/README.md. */
export async function publishedEstimates(): Promise<PublishedEstimate[]> {
  const rows: Record<string, string>[] = parse(await readFile(FILE), { columns: true });
  const number = (text: string) => (text === '' ? null : Number(text));
  return rows.map((row) => ({
    estimate: row.estimate,
    workload: row.workload,
    energy_wh: number(row.energy_wh_per_query),
    low_wh: number(row.low_wh),
    high_wh: number(row.high_wh),
    boundary: row.boundary,
    boundary_code: BOUNDARIES.find((one) => one === row.boundary_code) ?? 'unknown',
    kind: row.kind,
    year: row.year,
    source_title: row.source_title,
    source_url: row.source_url,
    confidence: row.confidence,
  }));
}
