import { highestMedians } from '../model/blend.js';
import type { PooledModels } from '../plan/plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import { isPlainEnergy } from '../tables/plain-energies.js';
import type { SummaryRow } from '../tables/schema.js';
import type { UncertaintyRow } from '../tables/worlds.js';
import { asksForWorlds, runWorlds, type WorldsPool } from '../worlds/run-worlds.js';
import { uncertaintyRows } from '../worlds/uncertainty-rows.js';

/** Draws the worlds of a cell whose summary is known; no rows where its scenario asks for none. */
export type CellWorlds = (
  scenario: ResolvedScenario,
  summary: readonly SummaryRow[],
  signal: AbortSignal,
) => Promise<UncertaintyRow[]>;

/** Draws worlds in a pool, those of one cell after those of another: a cell keeps all threads busy. */
export function worldsOn(pool: WorldsPool): CellWorlds {
  return async (scenario, summary, signal) =>
    asksForWorlds(scenario)
      ? uncertaintyRows(await runWorlds(pool, scenario, pooledModels(scenario, summary), { signal }))
      : [];
}

/** Which models each blend pools, as the medians of a summary say it. */
function pooledModels({ blends, regimes }: ResolvedScenario, summary: readonly SummaryRow[]): PooledModels[] {
  const energies = ofFirstFormula(summary).filter((row) => row.subject_kind === 'model' && isPlainEnergy(row));
  return regimes.flatMap(({ name: regime }) =>
    blends.map(({ name: blend, members }) => {
      const own = energies.filter((row) => row.regime === regime);
      const medians = own.map(({ subject: model, p50 }) => ({ model, p50: p50 ?? Number.NaN }));
      const names = 'highest_median_energy' in members ? highestMedians(medians, members.highest_median_energy) : [];
      const stated = 'models' in members ? members.models : names;
      return { blend, regime, members: stated.map((model) => ({ model })) };
    }),
  );
}
