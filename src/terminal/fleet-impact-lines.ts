import { alignedLines, significant } from '../format.js';
import { fleetImpacts } from '../result/fleet-impacts.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SummaryRow } from '../tables/schema.js';

/** What a fleet causes in a day beside energy; no lines where the scenario states no fleet or no impact. */
export function fleetImpactLines(scenario: ResolvedScenario, summary: readonly SummaryRow[]): string[] {
  const impacts = fleetImpacts(scenario, summary);
  if (impacts.length === 0) return [];
  const units = [...new Set(impacts.map(({ unit }) => unit))];
  const mixes = [...new Set(impacts.map(({ mix }) => mix))];
  const cell = (mix: string, unit: string) =>
    significant(impacts.find((one) => one.mix === mix && one.unit === unit)?.per_day ?? Number.NaN);
  return [
    '',
    ...alignedLines([
      ['beside energy, a day of the fleet', ...units],
      ...mixes.map((mix) => [`  ${mix}`, ...units.map((unit) => cell(mix, unit))]),
    ]),
  ];
}
