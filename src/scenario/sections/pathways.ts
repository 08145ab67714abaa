import type { Distribution } from '../../distributions/index.js';
import { BASELINE, LINE_OF_SIGHT } from '../../model/pathway.js';
import { PHYSICAL_BOUNDS } from '../../model/physical-bounds.js';
import { either } from '../kinds/either.js';
import { required } from '../kinds/field.js';
import type { Complain } from '../kinds/kind.js';
import { listOfDistinct } from '../kinds/list.js';
import { mappingWithItsKeys } from '../kinds/mapping.js';
import { nameOf } from '../kinds/name-of.js';
import { type Named, named } from '../kinds/named.js';
import { aboveZero, parameter } from '../kinds/parameter.js';

type Pathway = { readonly product: readonly string[] } | Distribution;

/** Ways to save energy, by name: energy is divided by the multiplier, or by the product of several. */
export const pathways = named(
  either(
    mappingWithItsKeys({
      product: required(listOfDistinct(nameOf('pathway', ['pathways'])), 'Pathways whose multipliers are multiplied.'),
    }),
    parameter(aboveZero, PHYSICAL_BOUNDS.multiplier),
  ),
  { thing: 'pathway', reserved: [BASELINE, LINE_OF_SIGHT] },
  checkProducts,
);

function checkProducts(pathways: Named<Pathway>, complain: Complain): void {
  for (const [name, pathway] of Object.entries(pathways)) {
    const products = 'product' in pathway ? pathway.product.filter((factor) => 'product' in pathways[factor]) : [];
    for (const factor of products)
      complain([name, 'product'], `${factor} is a product itself; name its pathways instead`);
  }
}
