import { alignedLines, percent, rangeText, significant } from '../format.js';
import type { ResolvedLoad } from '../scenario/resolved.js';
import type { LoadRow } from '../tables/load-hours.js';

/** How full the nodes are through the hours, and what that makes of energy; no lines where the scenario states no load. */
export function loadLines(load: ResolvedLoad | undefined, rows: readonly LoadRow[]): string[] {
  if (load === undefined || rows.length === 0) return [];
  const mixes = [...new Set(rows.map(({ mix }) => mix))];
  const ofMix = (mix: string) => rows.filter((row) => row.mix === mix);
  const name = load.profile === '' ? 'own profile' : load.profile;
  const first = ofMix(mixes[0]);
  const lateWork = sum(first.map(({ late_share, arriving }) => (late_share ?? 0) * (arriving ?? 0)));
  const late = lateWork / sum(first.map(({ arriving }) => arriving ?? 0));
  return [
    '',
    `load ${name}, peak ${significant(load.peak_load, 2)}: ${significant(weekFactor(first), 3)} × the energy of full nodes${late > 0 ? `; ${percent(late)} of the work is served in a later hour` : ''}`,
    ...alignedLines([
      ['', 'nodes owned', 'serving, mean', 'parked, mean', 'MW, mean', 'MW, peak', 'load of serving nodes'],
      ...mixes.map((mix) => cells(mix === '' ? '  of a full node at the peak' : `  ${mix}`, ofMix(mix))),
    ]),
    ...(load.idle_to === 'separate' ? ['  idle energy is kept apart: metric energy_idle'] : []),
  ];
}

function cells(label: string, rows: readonly LoadRow[]): string[] {
  const column = (name: 'nodes_serving' | 'nodes_parked' | 'power_mw' | 'node_load') =>
    rows.map((row) => row[name] ?? Number.NaN);
  const power = column('power_mw');
  const loads = column('node_load').filter((load) => load > 0);
  return [
    label,
    significant(rows[0].nodes_owned ?? Number.NaN),
    significant(mean(column('nodes_serving'))),
    significant(mean(column('nodes_parked'))),
    significant(mean(power)),
    significant(Math.max(...power)),
    rangeText(Math.min(...loads), Math.max(...loads), 2),
  ];
}

/** Energy over that of full nodes, weighted by the work that is served. */
function weekFactor(rows: readonly LoadRow[]): number {
  const served = rows.map(({ node_load, nodes_serving }) => (node_load ?? 0) * (nodes_serving ?? 0));
  return sum(rows.map(({ energy_factor }, i) => (energy_factor ?? 0) * served[i])) / sum(served);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
