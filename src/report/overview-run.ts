import type { SummaryRow } from '../tables/schema.js';
import { headlineRows, regimesOf } from './energies.js';
import type { RunData } from './run-data.js';

/** What an overview says of one run: no more of it is kept. */
export interface OverviewRun {
  /** Of its folder. */
  readonly folder: string;
  readonly hasReport: boolean;
  readonly name: string;
  readonly description: string;
  readonly samples: number;
  readonly seed: string;
  readonly engine_version: string;
  readonly results: readonly OverviewResult[];
}

/** What one kind of query takes. */
export interface OverviewResult {
  readonly row: SummaryRow;
  /** P5 and P95 over worlds of the median; absent where the run asked for none. */
  readonly known?: readonly [low: number, high: number];
}

const SAME = ['regime', 'subject_kind', 'subject', 'pathway', 'trim', 'metric'] as const;

/** A run's results as its own report tells them first. */
export function overviewRun(
  folder: string,
  hasReport: boolean,
  run: Pick<RunData, 'manifest' | 'summary' | 'uncertainty'>,
): OverviewRun {
  const { scenario, engine_version } = run.manifest;
  const { name, description, samples, seed } = scenario;
  const rows = regimesOf(run).flatMap((regime) => headlineRows(run, regime));
  return {
    ...{ folder, hasReport, name, description, samples, seed, engine_version },
    results: rows.map((row) => {
      const known = run.uncertainty.find(
        (one) => one.statistic === 'p50' && SAME.every((key) => one[key] === row[key]),
      );
      return { row, ...(known && { known: [Number(known.p05), Number(known.p95)] as const }) };
    }),
  };
}
