import { InputError } from '../errors.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { listText } from '../words.js';
import type { PlanNode } from './node.js';
import type { Plan } from './plan.js';
import { planModels } from './plan-models.js';
import { type Part, type Split, variablesOf } from './split.js';
import { type CountedSplit, splitCounted } from './split-counted.js';

/**
 * For a scenario that asks to be integrated.
 *
 * @throws InputError where no energy has a part that can be: what stands in the way, and the keys that cause it
 */
export function checkIntegrable(file: string, scenario: ResolvedScenario): void {
  if (scenario.sampler !== 'exact') return;
  const plan = planModels(scenario);
  const energies = energySplits(plan);
  if (energies.some((split) => split.kind !== 'drawn')) return;
  const reasons = [...new Set(energies.flatMap((split) => partsOf(split).map((part) => reasonText(plan.nodes, part))))];
  const message = `exact has nothing to integrate: ${reasons.join('; ')}. Take auto or pseudo, which draw, or remove what stands in the way`;
  throw new InputError([{ file, key: 'sampler', message }]);
}

/** Whether anything of a scenario's models must be drawn. */
export function drawsAnything(scenario: ResolvedScenario): boolean {
  return splitCounted(planModels(scenario)).some((split) => partsOf(split).some(({ obstacle }) => obstacle));
}

function energySplits(plan: Plan): CountedSplit[] {
  const splits = splitCounted(plan);
  const places = plan.measures.filter(({ row, share }) => row.metric === 'energy' && share === undefined);
  return [...new Set(places.map(({ of }) => of))].map((of) => splits[of]);
}

/** All parts of a split, those of a pool's members and divisor one after the other. */
export function partsOf(split: CountedSplit): Part[] {
  return splitsIn(split).flatMap(({ parts }) => parts);
}

function splitsIn(split: CountedSplit): readonly Split[] {
  if (split.kind === 'product') return [split.of];
  return split.kind === 'drawn' ? split.of : [...split.members, split.divisor];
}

/** Why a part is drawn, by the keys that cause it. */
export function reasonText(nodes: readonly PlanNode[], part: Part): string {
  const names = variablesOf(nodes, part);
  const list = names.join(', ');
  switch (part.obstacle?.kind) {
    case 'correlated':
      return `${isCorrelated(nodes, part) ? 'correlation draws' : 'one choice draws'} ${list} together`;
    case 'joined':
      return names.length > 1 ? `${list} meet in one term (#${part.obstacle.at}), which is no product of them` : list;
    case 'leaf':
      return sessionText(names);
    case undefined:
      return `${list} is integrated`;
  }
}

/** A session is the only thing drawn that is no distribution. */
function sessionText(names: readonly string[]): string {
  const beside = names.filter((name) => name !== 'session');
  return `session sums its turns, each with draws of its own${beside.length > 0 ? `, beside ${listText(beside)}` : ''}`;
}

function isCorrelated(nodes: readonly PlanNode[], { leaves }: Part): boolean {
  return leaves.some((leaf) => {
    const node = nodes[leaf];
    return node.kind === 'draw' && node.correlated !== undefined;
  });
}
