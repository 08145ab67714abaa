import { type BlockRange, samplesInBlock } from '../blocks/blocks.js';
import { exp } from '../distributions/elementary.js';
import type { Layout } from '../kernel/layout.js';
import { referenceKernel } from '../kernel/reference/reference.js';
import type { NodeId } from '../plan/node.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { Job } from '../workers/jobs.js';
import { addDraws, emptySums, type PairedSums } from './paired-sums.js';
import type { PairPlans } from './pairs-job.js';

/** Energies of services, each times what it counts in a fleet's day. */
export interface DayTerms {
  readonly nodes: readonly NodeId[];
  readonly weights: readonly number[];
}

/** Some of the draws of two scenarios, and the days that they have both. */
export interface DaysTask {
  readonly plans: PairPlans;
  readonly days: readonly (readonly [a: DayTerms, b: DayTerms])[];
  readonly range: BlockRange;
}

/** Adds up what days come to, draw by draw, in any thread; by day and block, for floating sums depend on their order. */
export const DAYS_JOB: Job<DaysTask, PairedSums[][]> = {
  name: 'days',
  async run({ plans, days, range: { firstBlock, blocks } }, onDraws) {
    const [kernelA, kernelB] = await Promise.all(plans.map(referenceKernel));
    const [inA, inB] = [new Float64Array(BLOCK_SIZE), new Float64Array(BLOCK_SIZE)];
    const sums = days.map((): PairedSums[] => []);
    for (let block = firstBlock; block < firstBlock + blocks; block++) {
      const n = samplesInBlock(plans[0], block);
      kernelA.evaluate(block, n);
      kernelB.evaluate(block, n);
      days.forEach(([a, b], day) => {
        addUp(a, kernelA.layout, n, inA);
        addUp(b, kernelB.layout, n, inB);
        const own = emptySums();
        addDraws(own, inA, inB, n);
        sums[day].push(own);
      });
      onDraws(plans.length * n);
    }
    return sums;
  },
};

function addUp({ nodes, weights }: DayTerms, { ln }: Layout, n: number, values: Float64Array): void {
  values.fill(0, 0, n);
  nodes.forEach((node, term) => {
    for (let i = 0; i < n; i++) values[i] += weights[term] * exp(ln[node][i]);
  });
}
