import { isIndicator, type NodeOf, type PlanNode } from '../../plan/node.js';
import type { Part } from '../../plan/split.js';
import { lawAt, powerMeanAt } from './count-points.js';
import type { Distributed } from './distributed.js';
import { factorLaw } from './factor-law.js';
import { lawPowerMean } from './law-power-mean.js';
import { partFunction } from './part-function.js';
import { powerMean } from './power-mean.js';
import { lnQuantile } from './quantile.js';
import type { RandomInput } from './random-input.js';
import { remembering } from './remembering.js';
import { lawOfTruth } from './truth.js';

/** Width of points for means, in ln x: right to 1e-10 for what is smooth, and to 1e-6 with a cap. */
const MEAN_WIDTH = 1 / 64;

/** Width of points by which a function is seen to go one way, in ln x. */
const SEEN_WIDTH = 1 / 64;

/** A part of one random input: a power of it, or any function of it. */
export async function partLaw(
  nodes: readonly PlanNode[],
  part: Part,
  inputOf: (draw: NodeOf<'draw'>) => Promise<RandomInput>,
): Promise<Distributed> {
  const [{ node, power }] = part.powers;
  const alone = nodes[node];
  if (part.powers.length === 1 && alone.kind === 'draw' && alone.scale !== 'tokens') return factorOf(alone, power);
  const leaf = nodes[part.leaves[0]];
  if (leaf.kind !== 'draw') throw new RangeError('only parts of one random input are integrated');
  return functionOf(nodes, part, await inputOf(leaf));
}

async function factorOf({ distribution }: NodeOf<'draw'>, power: number): Promise<Distributed> {
  const law = await factorLaw(distribution, power);
  return {
    law: () => law,
    exactly: () => (probability) => lnQuantile(law, probability),
    // Draws below 0 have no logarithm and are left out, which closed forms do not know.
    mean: remembering(async (k) =>
      law.non_finite > 0 ? lawPowerMean(law, k, SEEN_WIDTH / 2) : powerMean(distribution, power * k),
    ),
  };
}

function functionOf(nodes: readonly PlanNode[], part: Part, input: RandomInput): Distributed {
  const lnOf = partFunction(nodes, part);
  const lnAt = remembering((width) => lnOf(input.points(width)));
  const [{ node }] = part.powers;
  const isTruth = part.powers.length === 1 && isIndicator(nodes[node]);
  if (isTruth && input.shareWhere) return truth(input.shareWhere(lnOf));
  return {
    law: remembering((step) => {
      const points = input.points(step / 2);
      return lawAt(lnOf(points), points.shares);
    }),
    mean: remembering(async (power) => powerMeanAt(lnAt(MEAN_WIDTH), input.points(MEAN_WIDTH).shares, power)),
    exactly() {
      const goes = directionOf(lnAt(SEEN_WIDTH));
      return goes && ((p) => lnOf(goes === 'up' ? input.quantile(p) : input.reachedBy(p))[0]);
    },
  };
}

function truth(share: number): Distributed {
  const law = lawOfTruth(share);
  return { law: () => law, mean: async () => share };
}

/** Whether a function never falls, or never rises, along ascending values of its input; undefined for neither. */
function directionOf(lnValues: Float64Array): 'up' | 'down' | undefined {
  let [up, down] = [true, true];
  for (let i = 0; i < lnValues.length; i++) {
    if (Number.isNaN(lnValues[i])) return undefined;
    if (lnValues[i] < lnValues[i - 1]) up = false;
    if (lnValues[i] > lnValues[i - 1]) down = false;
  }
  if (up) return 'up';
  return down ? 'down' : undefined;
}
