import type { Aliases } from '../../model/catalogue/aliases.js';
import { catalogueModel } from '../../model/catalogue/models.js';
import type { SizeAndHardware } from '../../model/catalogue/size-and-hardware.js';
import { unmeasuredService } from '../../model/catalogue/unmeasured.js';
import type { Architecture } from '../../model/throughput/pooled-priors.js';
import type { DatasetRow } from '../dataset/dataset.js';
import type { Scenario } from '../schema.js';
import { measuredNodes, statedNode } from './nodes.js';
import type { KnownModel } from './throughput.js';

interface ModelRows {
  readonly name: string;
  readonly rows: readonly DatasetRow[];
}

/** What the tables that ship say of a model with rows. */
export function knownModel(model: ModelRows, scenario: Scenario, aliases: () => Aliases): KnownModel {
  return { architecture: architectureOf(model.name, aliases()), service: () => serviceOf(model, scenario, aliases) };
}

/** Of a model that models.csv does not know, a mixture of experts: the wider of the residuals. */
function architectureOf(name: string, aliases: Aliases): Architecture {
  const looked = catalogueModel(name, aliases);
  return 'found' in looked && looked.found.architecture === 'dense' ? 'dense' : 'moe';
}

function serviceOf({ name, rows }: ModelRows, scenario: Scenario, aliases: () => Aliases): SizeAndHardware | undefined {
  const measured = measuredNodes(rows, scenario, aliases);
  const [node, ...others] = measured.length > 0 ? measured : statedNode(name, scenario);
  if (node === undefined || others.length > 0) return undefined;
  const unmeasured = unmeasuredService({ ...node, model: name }, node.gpus, aliases());
  return 'service' in unmeasured ? unmeasured.service : undefined;
}
