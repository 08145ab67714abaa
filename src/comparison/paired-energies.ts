import type { NodeId } from '../plan/node.js';
import type { Plan } from '../plan/plan.js';

/** The energy of a model in a regime. Throws a RangeError for one that was not planned. */
export function energyOf({ services }: Plan, regime: string, model: string): NodeId {
  const energy = services.find((service) => service.regime === regime && service.model === model)?.quantities.energy;
  if (energy === undefined) throw new RangeError(`${model} in ${regime} was not planned`);
  return energy;
}
