import type { Aliases } from '../../model/catalogue/aliases.js';
import type { DatasetRow } from '../dataset/dataset.js';
import { countColumn } from '../dataset/hardware-columns.js';
import type { Scenario } from '../schema.js';
import { gpusPerNode } from './gpus-per-node.js';
import { quantizationsOf } from './quantizations.js';

/** GPUs of one kind that a model is served by, and how many of its rows say so; of none where the scenario says it. */
export interface ServingNode {
  readonly accelerator: string;
  readonly precision: string;
  readonly gpus: number;
  readonly rows: number;
}

/** The node that `hardware` states for a model; none where it states nothing. */
export function statedNode(name: string, scenario: Scenario): ServingNode[] {
  if (scenario.hardware === undefined) return [];
  const [precision] = quantizationsOf(scenario, name);
  return [{ accelerator: scenario.hardware.accelerator, precision, gpus: gpusPerNode(scenario), rows: 0 }];
}

/** The nodes that rows name, each once. */
export function measuredNodes(rows: readonly DatasetRow[], scenario: Scenario, aliases: () => Aliases): ServingNode[] {
  const nodes = new Map<string, ServingNode>();
  for (const row of rows) {
    const accelerator = acceleratorOfRow(row, aliases);
    if (accelerator === undefined) continue;
    const node = { accelerator, precision: row.quantization, gpus: gpusOfRow(row, scenario) };
    const key = JSON.stringify(node);
    nodes.set(key, { ...node, rows: (nodes.get(key)?.rows ?? 0) + 1 });
  }
  return [...nodes.values()];
}

function acceleratorOfRow({ hardware }: DatasetRow, aliases: () => Aliases): string | undefined {
  const texts = Object.values(hardware).filter((text) => /\p{L}/u.test(text));
  const [known] = texts.flatMap((text) => aliases().find('accelerator', text) ?? []);
  return known?.canonical_name;
}

/** A row of a node names its GPUs; a row of a GPU or a group is of a part of one, or of several. */
function gpusOfRow({ hardware }: DatasetRow, scenario: Scenario): number {
  const counted = Number(Object.values(hardware)[countColumn(Object.keys(hardware))]);
  const isCounted = Number.isInteger(counted) && counted > 0;
  if (scenario.throughput?.per === 'node') return isCounted ? counted : gpusPerNode(scenario);
  return Math.max(gpusPerNode(scenario), isCounted ? counted : 1);
}
