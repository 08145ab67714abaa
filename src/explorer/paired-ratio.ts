import type { Kernel } from '../kernel/kernel.js';
import { referenceKernel } from '../kernel/reference.js';
import { BLOCK_SIZE } from '../kernel/uniforms.js';
import { wasmKernel } from '../kernel/wasm-kernel.js';
import type { KernelModule } from '../kernel/web-assembly.js';
import { type Plan, planModels, samplesInBlock } from '../plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Histogram } from '../sketch/histogram.js';

/** One side of a comparison: a scenario of one regime, and the models whose queries are compared. */
export interface Side {
  readonly scenario: ResolvedScenario;
  readonly members: readonly string[];
}

/**
 * The energy of B's query over that of A's, draw by draw: the same draws in both, so what they share cancels. Equally many
 * models are compared one with one, in order of their names; else each with each. Draws that cost nothing in both count as
 * non-finite.
 *
 * @param module the WebAssembly kernel; undefined for the reference
 */
export async function pairedRatio(
  a: Side,
  b: Side,
  samples: number,
  module: KernelModule | undefined,
  signal: AbortSignal,
): Promise<Histogram> {
  // Pseudo-random whatever the scenarios say: both sides must share their draws.
  const plans = [a, b].map(({ scenario }): Plan => ({ ...planModels({ ...scenario, samples }), sampler: 'pseudo' }));
  const kernels = await Promise.all(
    plans.map((plan): Promise<Kernel> => (module ? wasmKernel(plan, module) : referenceKernel(plan))),
  );
  const pairs = pairsOf(cellsOf(plans[0], a.members), cellsOf(plans[1], b.members));
  const ratios = new Float64Array(BLOCK_SIZE);
  const histogram = new Histogram();
  for (let block = 0; block * BLOCK_SIZE < samples; block++) {
    if (block % BLOCKS_AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    const n = samplesInBlock(plans[0], block);
    for (const kernel of kernels) kernel.evaluate(block, n);
    for (const [cellA, cellB] of pairs) {
      const lnA = kernels[0].layout.lnEnergy[cellA];
      const lnB = kernels[1].layout.lnEnergy[cellB];
      for (let i = 0; i < n; i++) ratios[i] = lnB[i] - lnA[i];
      histogram.add(ratios, n);
    }
  }
  return histogram;
}

/** Between so many blocks other messages have their turn. */
const BLOCKS_AT_ONCE = 32;

function cellsOf({ cells }: Plan, members: readonly string[]): number[] {
  return [...members].sort().map((name) => cells.findIndex(({ model }) => model === name));
}

function pairsOf(a: readonly number[], b: readonly number[]): (readonly [number, number])[] {
  if (a.length === b.length) return a.map((cell, i) => [cell, b[i]]);
  return a.flatMap((cellA) => b.map((cellB) => [cellA, cellB] as const));
}
