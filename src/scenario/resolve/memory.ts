import type { Aliases } from '../../model/catalogue/aliases.js';
import { cacheBytes } from '../../model/catalogue/size-and-hardware.js';
import { type ServiceNames, tooLargeText, wholeNode } from '../../model/catalogue/unmeasured.js';
import type { DatasetRow } from '../dataset/dataset.js';
import type { Scenario } from '../schema.js';
import { measuredNodes, type ServingNode, statedNode } from './nodes.js';

/**
 * Names each node of a model whose memory its weights leave nothing of: those that its rows were measured on, where their table
 * says it, and the one that `hardware` states. Models, accelerators and precisions that no table knows are taken to fit.
 */
export function memoryNotes(
  { name, rows }: { readonly name: string; readonly rows: readonly DatasetRow[] },
  scenario: Scenario,
  aliases: () => Aliases,
): string[] {
  const nodes = [...measuredNodes(rows, scenario, aliases), ...statedNode(name, scenario)];
  return nodes.flatMap((node) => {
    const problem = problemOf({ ...node, model: name }, node.gpus, aliases());
    return problem === undefined ? [] : [`${name}: ${problem}; ${whoseText(node, rows.length)}`];
  });
}

function problemOf(names: ServiceNames, gpus: number, aliases: Aliases): string | undefined {
  const whole = wholeNode(names, gpus, aliases);
  if ('problem' in whole || cacheBytes(whole.service) > 0) return undefined;
  return tooLargeText(whole.names, whole.service);
}

function whoseText({ rows }: ServingNode, all: number): string {
  if (rows === 0) return 'hardware.accelerator says that it serves the queries';
  return `${rows} of its ${all} rows ${rows === 1 ? 'is' : 'are'} said to be of such a node`;
}
