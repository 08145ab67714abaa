import { type BlockRange, samplesInBlock } from '../blocks/blocks.js';
import { exp } from '../distributions/elementary.js';
import { referenceKernel } from '../kernel/reference/reference.js';
import type { NodeId } from '../plan/node.js';
import type { Plan } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import { Histogram, type HistogramData } from '../sketch/histogram.js';
import { SignedHistogram, type SignedHistogramData } from '../sketch/signed-histogram.js';
import type { Job } from '../workers/jobs.js';

export type PairPlans = readonly [a: Plan, b: Plan];

/** A model's energy in one plan, and its partner's in the other. */
export type NodePair = readonly [a: NodeId, b: NodeId];

/** Some of the draws of two scenarios. */
export interface PairsTask {
  readonly plans: PairPlans;
  /** By subject: the energies of its members. */
  readonly pairs: readonly (readonly NodePair[])[];
  readonly range: BlockRange;
}

/** What a subject's draws counted. */
export interface PairCounts {
  readonly ratio: HistogramData;
  readonly difference: SignedHistogramData;
}

/** Counts ratios and differences of energies, draw by draw, in any thread; by subject. */
export const PAIRS_JOB: Job<PairsTask, PairCounts[]> = {
  name: 'pairs',
  async run({ plans, pairs, range: { firstBlock, blocks } }, onDraws) {
    const [kernelA, kernelB] = await Promise.all(plans.map(referenceKernel));
    const counts = pairs.map(() => ({ ratio: new Histogram(), difference: new SignedHistogram() }));
    const scratch = new Float64Array(BLOCK_SIZE);
    for (let block = firstBlock; block < firstBlock + blocks; block++) {
      const n = samplesInBlock(plans[0], block);
      kernelA.evaluate(block, n);
      kernelB.evaluate(block, n);
      pairs.forEach((members, subject) => {
        for (const [a, b] of members) addPair(counts[subject], kernelA.layout.ln[a], kernelB.layout.ln[b], n, scratch);
      });
      onDraws(plans.length * n);
    }
    return counts.map(({ ratio, difference }) => ({ ratio: { ...ratio }, difference: difference.toData() }));
  },
};

function addPair(
  { ratio, difference }: { readonly ratio: Histogram; readonly difference: SignedHistogram },
  lnA: Float64Array,
  lnB: Float64Array,
  n: number,
  values: Float64Array,
): void {
  for (let i = 0; i < n; i++) values[i] = lnB[i] - lnA[i];
  ratio.add(values, n);
  for (let i = 0; i < n; i++) values[i] = exp(lnB[i]) - exp(lnA[i]);
  difference.add(values, n);
}
