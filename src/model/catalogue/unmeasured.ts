import type { Aliases } from './aliases.js';
import { hardware } from './hardware.js';
import { catalogueModel } from './models.js';
import { unknownText } from './names.js';
import { cacheBytes, type SizeAndHardware, sizeAndHardware, USABLE_MEMORY, weightBytes } from './size-and-hardware.js';

/** A model, what serves it and how its weights are stored, each by any of its names. */
export interface ServiceNames {
  readonly model: string;
  readonly accelerator: string;
  readonly precision: string;
}

/** A model on a node that nothing was measured of, under the names of the tables, or why nothing follows from them. */
export type Unmeasured =
  | { readonly service: SizeAndHardware; readonly names: ServiceNames; readonly isMixture: boolean }
  | { readonly problem: string };

/** Weights take at most this share of the memory of the GPUs of a copy, where more GPUs are at hand. */
const MOST_WEIGHTS = 0.5;

/**
 * What a model's costs follow from where nothing was measured. A copy takes 1, 2, 4, … GPUs of the node: the fewest whose memory
 * the weights fill at most half of, as NVIDIA's tables split models, else the whole node.
 */
export function unmeasuredService(names: ServiceNames, gpusPerNode: number, aliases: Aliases): Unmeasured {
  const whole = wholeNode(names, gpusPerNode, aliases);
  if ('problem' in whole) return whole;
  const { service: node, names: canonical } = whole;
  if (cacheBytes(node) <= 0) return { problem: tooLargeText(canonical, node) };
  return { ...whole, service: { ...node, gpu_count: gpusOfCopy(node) } };
}

/** A model on all GPUs of a node, whether it fits them or not, under the names of the tables; or what they do not say. */
export function wholeNode(names: ServiceNames, gpusPerNode: number, aliases: Aliases): Unmeasured {
  const model = catalogueModel(names.model, aliases);
  const accelerator = hardware(names.accelerator, aliases);
  const precision = aliases.find('precision', names.precision)?.canonical_name;
  if ('unknown' in model) return { problem: unknownText('model', names.model, 'models.csv', model.unknown) };
  if ('unknown' in accelerator)
    return { problem: unknownText('accelerator', names.accelerator, 'hardware.csv', accelerator.unknown) };
  if (precision === undefined) return { problem: `no precision is called ${JSON.stringify(names.precision)}` };
  const canonical = { model: model.found.model, accelerator: accelerator.found.accelerator, precision };
  const sized = sizeAndHardware(model.found, accelerator.found, precision, gpusPerNode);
  if ('missing' in sized) return { problem: `${missingText(canonical)} ${sized.missing.join(', ')}` };
  return { service: sized.found, names: canonical, isMixture: model.found.architecture === 'MoE' };
}

function missingText({ model, accelerator, precision }: ServiceNames): string {
  return `models.csv and hardware.csv do not say, of ${model} on ${accelerator} in ${precision}:`;
}

/** Says that weights leave no memory for a context. @param node all its GPUs */
export function tooLargeText({ model, accelerator, precision }: ServiceNames, node: SizeAndHardware): string {
  const needed = Math.round(weightBytes(node) / 1e9);
  const there = Math.round(node.memory_gb * node.gpu_count * USABLE_MEMORY);
  const gpus = `${node.gpu_count} ${accelerator}`;
  return `the weights of ${model} in ${precision} take ${needed} GB, and a node of ${gpus} has ${there} GB to use`;
}

function gpusOfCopy(node: SizeAndHardware): number {
  const usable = node.memory_gb * 1e9 * USABLE_MEMORY;
  let gpus = 1;
  while (gpus < node.gpu_count && weightBytes(node) > MOST_WEIGHTS * usable * gpus) gpus *= 2;
  return Math.min(gpus, node.gpu_count);
}
