import { type BlockRange, samplesInBlock } from '../blocks/blocks.js';
import type { Engine } from '../engine/engine.js';
import type { NodeId } from '../plan/node.js';
import type { Plan } from '../plan/plan.js';
import { planModels } from '../plan/plan-models.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Histogram } from '../sketch/histogram.js';

/** One side of a comparison: a scenario of one regime, and the models whose queries are compared. */
export interface ComparedSide {
  readonly scenario: ResolvedScenario;
  readonly members: readonly string[];
}

/** Two sides' models with the draws behind them, and which of their energies are compared. */
export interface RatioPlan {
  readonly a: Plan;
  readonly b: Plan;
  readonly pairs: readonly (readonly [energyOfA: NodeId, energyOfB: NodeId])[];
}

/** Equally many models are compared one with one, in order of their names; else each with each. */
export function planRatio(a: ComparedSide, b: ComparedSide, samples: number): RatioPlan {
  const [planA, planB] = [a, b].map((side) => planMembers(side, samples));
  return { a: planA, b: planB, pairs: pairsOf(energiesOf(planA), energiesOf(planB)) };
}

/**
 * The energy of B's query over that of A's, draw by draw, in a range of blocks: the same draws in both, so what they share
 * cancels. Draws that cost nothing in both count as non-finite.
 */
export async function pairedRatio(
  { a, b, pairs }: RatioPlan,
  { firstBlock, blocks }: BlockRange,
  engine: Engine,
): Promise<Histogram> {
  const [kernelA, kernelB] = await Promise.all([a, b].map((plan) => engine.kernel(plan)));
  const ratios = new Float64Array(BLOCK_SIZE);
  const histogram = new Histogram(new Uint32Array(0));
  for (let block = firstBlock; block < firstBlock + blocks; block++) {
    const n = samplesInBlock(a, block);
    kernelA.evaluate(block, n);
    kernelB.evaluate(block, n);
    for (const [energyA, energyB] of pairs) {
      const lnA = kernelA.layout.ln[energyA];
      const lnB = kernelB.layout.ln[energyB];
      for (let i = 0; i < n; i++) ratios[i] = lnB[i] - lnA[i];
      histogram.add(ratios, n);
    }
  }
  return histogram;
}

/**
 * The energies of the compared models, in order of the models' names. Pseudo-random whatever the scenario says: both sides must
 * share their draws.
 */
function planMembers({ scenario, members }: ComparedSide, samples: number): Plan {
  const models = scenario.correlation ? scenario.models : scenario.models.filter(({ name }) => members.includes(name));
  const plan = planModels({ ...scenario, samples, models });
  const energies = [...members]
    .sort()
    .flatMap((name) =>
      plan.services.filter(({ model }) => model === name).flatMap(({ quantities }) => quantities.energy ?? []),
    );
  return { ...plan, counted: energies.map((of) => ({ kind: 'node', of })), measures: [], sampler: 'pseudo' };
}

function energiesOf({ counted }: Plan): NodeId[] {
  return counted.flatMap((what) => (what.kind === 'node' ? [what.of] : []));
}

function pairsOf(a: readonly NodeId[], b: readonly NodeId[]): RatioPlan['pairs'] {
  if (a.length === b.length) return a.map((energy, i) => [energy, b[i]]);
  return a.flatMap((energyA) => b.map((energyB) => [energyA, energyB] as const));
}
