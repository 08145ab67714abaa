import { readLines } from '../scenario/dataset/lines.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { ScenarioSource } from '../scenario/source.js';
import type { Catalogue } from './catalogue.js';
import type { ScenarioHardware } from './predict-scenario.js';

/** GPUs of the node that a scenario's node power is of. */
const GPUS_PER_NODE = 8;

/**
 * Which rows a scenario is about: its models by their canonical names, the accelerators of their rows in its dataset, and its
 * precision. A model whose rows name no accelerator is taken to be on any; models without a dataset, whose costs are stated, at any
 * precision.
 */
export async function scenarioHardware(
  { models, dataset }: ResolvedScenario,
  { datasets }: ScenarioSource,
  { aliases, hardware }: Catalogue,
): Promise<ScenarioHardware> {
  const rows = (await Promise.all(Object.values(datasets).map(rowsOf))).flat();
  const everywhere = hardware.map(({ accelerator }) => accelerator);
  const entries = models.map(({ name }) => {
    const canonical = aliases.find('model', name)?.canonical_name ?? name;
    const own = rows.filter(({ model, quantization }) => model === name && quantization === dataset?.quantization);
    const named = own.flatMap(({ accelerator = '' }) => aliases.find('accelerator', accelerator)?.canonical_name ?? []);
    return [canonical, { name, accelerators: named.length > 0 ? [...new Set(named)] : everywhere }] as const;
  });
  const precision =
    dataset === undefined ? undefined : (aliases.find('precision', dataset.quantization)?.canonical_name ?? 'FP8');
  return { models: new Map(entries), precision, gpus_per_node: GPUS_PER_NODE };
}

async function rowsOf({ base64 }: { readonly base64: string }): Promise<Record<string, string>[]> {
  const [header, ...lines] = await readLines(Buffer.from(base64, 'base64'), () => {});
  return lines.map(({ fields }) => Object.fromEntries(header.fields.map((name, i) => [name, fields[i]])));
}
