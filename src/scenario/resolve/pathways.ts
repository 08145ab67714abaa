import type { Distribution } from '../../distributions/index.js';
import type { ResolvedPathway } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** The pathways, products as lists of the multipliers they are made of. */
export function resolvePathways({ pathways = {} }: Scenario): ResolvedPathway[] {
  return Object.entries(pathways).map(([name, pathway]) => {
    const factors = 'product' in pathway ? pathway.product : [name];
    // Checked before: a product names no products.
    return { name, multipliers: factors.map((name) => ({ name, distribution: pathways[name] as Distribution })) };
  });
}
