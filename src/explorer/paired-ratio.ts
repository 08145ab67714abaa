import { type BlockRange, samplesInBlock } from '../blocks/blocks.js';
import type { KernelModule } from '../kernel/wasm/web-assembly.js';
import { type Plan, planModels } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Histogram } from '../sketch/histogram.js';
import { kernelOf } from './kernel-of.js';

/** One side of a comparison: a scenario of one regime, and the models whose queries are compared. */
export interface ComparedSide {
  readonly scenario: ResolvedScenario;
  readonly members: readonly string[];
}

/** Two sides' models with the draws behind them, and which of them are compared, by their places in the plans. */
export interface RatioPlan {
  readonly a: Plan;
  readonly b: Plan;
  readonly pairs: readonly (readonly [cellOfA: number, cellOfB: number])[];
}

/** Equally many models are compared one with one, in order of their names; else each with each. */
export function planRatio(a: ComparedSide, b: ComparedSide, samples: number): RatioPlan {
  const [planA, planB] = [a, b].map((side) => planMembers(side, samples));
  return { a: planA, b: planB, pairs: pairsOf(planA.cells.length, planB.cells.length) };
}

/**
 * The energy of B's query over that of A's, draw by draw, in a range of blocks: the same draws in both, so what they share
 * cancels. Draws that cost nothing in both count as non-finite.
 *
 * @param module the WebAssembly kernel; undefined for the reference
 */
export async function pairedRatio(
  { a, b, pairs }: RatioPlan,
  { firstBlock, blocks }: BlockRange,
  module: KernelModule | undefined,
): Promise<Histogram> {
  const [kernelA, kernelB] = await Promise.all([a, b].map((plan) => kernelOf(plan, module)));
  const ratios = new Float64Array(BLOCK_SIZE);
  const histogram = new Histogram(new Uint32Array(0));
  for (let block = firstBlock; block < firstBlock + blocks; block++) {
    const n = samplesInBlock(a, block);
    kernelA.evaluate(block, n);
    kernelB.evaluate(block, n);
    for (const [cellA, cellB] of pairs) {
      const lnA = kernelA.layout.lnEnergy[cellA];
      const lnB = kernelB.layout.lnEnergy[cellB];
      for (let i = 0; i < n; i++) ratios[i] = lnB[i] - lnA[i];
      histogram.add(ratios, n);
    }
  }
  return histogram;
}

/** In order of the models' names. Pseudo-random whatever the scenario says: both sides must share their draws. */
function planMembers({ scenario, members }: ComparedSide, samples: number): Plan {
  const plan = planModels({ ...scenario, samples });
  const cells = [...members].sort().flatMap((name) => plan.cells.filter(({ model }) => model === name));
  return { ...plan, cells, outputs: [], sampler: 'pseudo' };
}

function pairsOf(a: number, b: number): RatioPlan['pairs'] {
  const each = (length: number) => Array.from({ length }, (_, i) => i);
  if (a === b) return each(a).map((cell) => [cell, cell]);
  return each(a).flatMap((cellA) => each(b).map((cellB) => [cellA, cellB] as const));
}
