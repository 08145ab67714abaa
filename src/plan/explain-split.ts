import { BASELINE } from '../model/pathway.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { partsOf, reasonText } from './integrable.js';
import type { PlanNode } from './node.js';
import type { BlendMembers, Plan, RowNames } from './plan.js';
import { planBlends } from './plan-blends.js';
import { planModels } from './plan-models.js';
import { variablesOf } from './split.js';
import { type CountedSplit, splitCounted } from './split-counted.js';

/**
 * What a scenario integrates, what it draws, and why: a line for each way in which distributions are found, and what is
 * found so. Which models a blend pools is known only when they are: all that it may are said.
 */
export function splitLines(scenario: ResolvedScenario): string[] {
  const models = planModels(scenario);
  return [...linesOf(models), ...linesOf(planBlends(scenario, possibleMembers(scenario, models)))];
}

function possibleMembers({ models, blends }: ResolvedScenario, { services }: Plan): BlendMembers[] {
  const regimes = [...new Map(services.map(({ regime, outcomes }) => [regime, outcomes]))];
  return regimes.flatMap(([regime, outcomes]) =>
    outcomes.flatMap(({ asked: formula, metric }) =>
      blends.map(({ name: blend, members }) => {
        const names = 'models' in members ? members.models : models.map(({ name }) => name);
        return { blend, regime, formula, metric, members: names.map((model) => ({ model, lowBin: 0, highBin: 0 })) };
      }),
    ),
  );
}

function linesOf(plan: Plan): string[] {
  const splits = splitCounted(plan);
  const ways = new Map<string, string[]>();
  for (const { row, of, share } of plan.measures) {
    if (share !== undefined) continue;
    const way = wayText(plan.nodes, splits[of]);
    ways.set(way, [...(ways.get(way) ?? []), nameText(row)]);
  }
  return [...ways].flatMap(([way, names]) => [way, `  ${shortened([...new Set(names)])}`]);
}

function nameText({ metric, subject, regime, pathway, trim }: RowNames): string {
  return [metric, subject, regime, ...(pathway === BASELINE ? [] : [pathway]), ...(trim === 'none' ? [] : [trim])].join(
    ', ',
  );
}

/** Each part once: members of a pool have most of them in common. */
function wayText(nodes: readonly PlanNode[], split: CountedSplit): string {
  const parts = partsOf(split);
  const alone = parts.filter(({ obstacle }) => !obstacle).flatMap((part) => variablesOf(nodes, part));
  const integrated = [...new Set(alone)].sort();
  const drawn = [...new Set(parts.filter(({ obstacle }) => obstacle).map((part) => reasonText(nodes, part)))];
  if (split.kind === 'drawn') return `drawn: ${drawn.join('; ') || 'its divisor varies with what it divides'}`;
  const pool = split.kind === 'pool' ? 'pooled, ' : '';
  if (parts.length === 0) return `${pool}constant`;
  return [
    ...(integrated.length > 0 ? [`${pool}integrated: ${integrated.join(', ')}`] : []),
    ...(drawn.length > 0 ? [`drawn and convolved: ${drawn.join('; ')}`] : []),
  ].join('; ');
}

const MOST_NAMES = 4;

function shortened(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join('; ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
