import type { Aliases } from '../../model/catalogue/aliases.js';
import { cacheBytes } from '../../model/catalogue/size-and-hardware.js';
import { type ServiceNames, tooLargeText, wholeNode } from '../../model/catalogue/unmeasured.js';
import type { DatasetRow } from '../dataset/dataset.js';
import { countColumn } from '../dataset/hardware-columns.js';
import type { Scenario } from '../schema.js';
import { gpusPerNode } from './gpus-per-node.js';
import { quantizationsOf } from './quantizations.js';

/** GPUs of one kind that a model is served by, and how many of its rows say so; of none where the scenario says it. */
interface Node {
  readonly accelerator: string;
  readonly precision: string;
  readonly gpus: number;
  readonly rows: number;
}

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

function whoseText({ rows }: Node, all: number): string {
  if (rows === 0) return 'hardware.accelerator says that it serves the queries';
  return `${rows} of its ${all} rows ${rows === 1 ? 'is' : 'are'} said to be of such a node`;
}

function statedNode(name: string, scenario: Scenario): Node[] {
  if (scenario.hardware === undefined) return [];
  const [precision] = quantizationsOf(scenario, name);
  return [{ accelerator: scenario.hardware.accelerator, precision, gpus: gpusPerNode(scenario), rows: 0 }];
}

/** The nodes that rows name, each once. */
function measuredNodes(rows: readonly DatasetRow[], scenario: Scenario, aliases: () => Aliases): Node[] {
  const nodes = new Map<string, Node>();
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
