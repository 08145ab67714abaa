import { dayUnitsPerGwh } from '../model/energy-per-day.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { pooledModels, type Subject } from '../subjects/subjects.js';
import { finiteOrNull } from '../tables/finite.js';
import { isPlainEnergy } from '../tables/plain-energies.js';
import type { CompareRow } from '../tables/studies.js';
import type { JobRunner } from '../workers/jobs.js';
import { overWorlds } from '../worlds/over-worlds.js';
import { plainScenario } from '../worlds/plain-scenario.js';
import { poolOfJobs } from '../worlds/pool-of-jobs.js';
import { runWorlds, type Worlds } from '../worlds/run-worlds.js';
import { fleetMixes, fleetValues } from '../worlds/world-fleet.js';
import { valuesOf } from '../worlds/world-values.js';

/** The columns of a comparison about worlds; null where neither scenario asks for worlds. */
export type KnownColumns = Pick<CompareRow, 'known_low' | 'known_high' | 'b_lower_share'>;

export const NOT_KNOWN: KnownColumns = { known_low: null, known_high: null, b_lower_share: null };

/** How well the difference of two scenarios is known, row by row of their comparison. */
export type KnownChanges = (row: Compared) => KnownColumns;

/** What a row of a comparison is about. */
type Compared = Pick<CompareRow, 'regime' | 'subject_kind' | 'subject' | 'quantity' | 'unit'>;

/** One of two scenarios and what it simulates. */
export interface KnownSide {
  readonly scenario: ResolvedScenario;
  readonly subjects: readonly Subject[];
}

/**
 * Draws the worlds of both, the same in both: what is shared under one name has one score in each world. Of a query the medians of B and A in each
 * world are set against each other, of a mix its days. A scenario that shares nothing is the same in all worlds.
 *
 * @throws the signal's reason, if aborted
 */
export async function knownChanges(
  sides: readonly [a: KnownSide, b: KnownSide],
  { jobs, signal }: { readonly jobs: JobRunner; readonly signal: AbortSignal },
): Promise<KnownChanges> {
  const asked = sides.flatMap(({ scenario: { uncertainty } }) => uncertainty ?? []);
  if (asked.length === 0) return () => NOT_KNOWN;
  const uncertainty = {
    worlds: Math.min(...asked.map(({ worlds }) => worlds)),
    samples: Math.min(...asked.map(({ samples }) => samples)),
  };
  const run = ({ scenario, subjects }: KnownSide) =>
    runWorlds(poolOfJobs(jobs), { ...plainScenario(scenario), uncertainty }, pooledModels(subjects), { signal });
  const [a, b] = await Promise.all(sides.map(run));
  return (row) => {
    const [inA, inB] = [a, b].map((worlds) => valuesIn(worlds, row));
    return inA && inB ? columnsOf(row, inA, inB) : NOT_KNOWN;
  };
}

/** In each world the median of a query in Wh, or the day of a mix in GWh; undefined where there is none of the kind. */
function valuesIn(worlds: Worlds, { subject_kind, subject, regime }: Compared): Float64Array | undefined {
  if (subject_kind === 'mix') {
    const mix = fleetMixes(worlds).find(({ name }) => name === subject);
    return mix && fleetValues(worlds, mix);
  }
  const place = worlds.rows[0].findIndex(
    (row) =>
      isPlainEnergy(row) && row.subject_kind === subject_kind && row.subject === subject && row.regime === regime,
  );
  return place < 0 ? undefined : valuesOf(worlds, place, 'p50');
}

function columnsOf({ quantity, unit }: Compared, inA: Float64Array, inB: Float64Array): KnownColumns {
  const scale = dayUnitsPerGwh(unit);
  const changes = quantity.endsWith('_ratio')
    ? inB.map((b, world) => b / inA[world])
    : inB.map((b, world) => (b - inA[world]) * scale);
  const { p05, p95 } = overWorlds(changes, 0);
  const both = [...inA.keys()].filter((world) => Number.isFinite(inA[world]) && Number.isFinite(inB[world]));
  const lower = both.filter((world) => inB[world] < inA[world]).length;
  return { known_low: p05, known_high: p95, b_lower_share: finiteOrNull(lower / both.length) };
}
