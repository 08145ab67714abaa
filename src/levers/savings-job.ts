import { type BlockRange, samplesInBlock } from '../blocks/blocks.js';
import { addDraws, emptySums, type PairedSums } from '../comparison/paired-sums.js';
import { exp } from '../distributions/elementary.js';
import type { Layout } from '../kernel/layout.js';
import { referenceKernel } from '../kernel/reference/reference.js';
import type { NodeId } from '../plan/node.js';
import type { Plan } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import { Histogram, type HistogramData } from '../sketch/histogram.js';
import type { Job } from '../workers/jobs.js';

/** A node of a plan and what it counts in a sum. */
export interface Term {
  readonly node: NodeId;
  readonly weight: number;
}

/** A quantity of a subject in every plan: what each has now, then what each alternative has, term by term alike. */
export type ByPlan = readonly (readonly Term[])[];

/** Some of the draws of a scenario as it is (the first plan) and of each alternative to it. */
export interface SavingsTask {
  readonly plans: readonly Plan[];
  readonly quantities: readonly ByPlan[];
  readonly range: BlockRange;
}

/** What a quantity's draws came to under one alternative. */
export interface CountedSavings {
  /** By block: floating sums depend on their order, which no division among threads may change. */
  readonly blocks: readonly PairedSums[];
  /** Of each term's value under the alternative over that as it is. */
  readonly ratio: HistogramData;
}

/** Counts savings draw by draw, in any thread; by quantity and alternative. */
export const SAVINGS_JOB: Job<SavingsTask, CountedSavings[][]> = {
  name: 'savings',
  async run({ plans, quantities, range: { firstBlock, blocks } }, onDraws) {
    const kernels = await Promise.all(plans.map(referenceKernel));
    const layouts = kernels.map(({ layout }) => layout);
    const counted = quantities.map(() =>
      plans.slice(1).map(() => ({ blocks: [] as PairedSums[], ratio: new Histogram() })),
    );
    const [now, then] = [new Float64Array(BLOCK_SIZE), new Float64Array(BLOCK_SIZE)];
    for (let block = firstBlock; block < firstBlock + blocks; block++) {
      const n = samplesInBlock(plans[0], block);
      for (const kernel of kernels) kernel.evaluate(block, n);
      quantities.forEach((byPlan, quantity) => {
        addUp(byPlan[0], layouts[0], n, now);
        counted[quantity].forEach((own, i) => {
          addUp(byPlan[i + 1], layouts[i + 1], n, then);
          const sums = emptySums();
          addDraws(sums, now, then, n);
          own.blocks.push(sums);
          addRatios(own.ratio, [byPlan[0], byPlan[i + 1]], [layouts[0], layouts[i + 1]], n);
        });
      });
      onDraws(plans.length * n);
    }
    return counted.map((alternatives) => alternatives.map(({ blocks, ratio }) => ({ blocks, ratio: { ...ratio } })));
  },
};

function addUp(terms: readonly Term[], { ln }: Layout, n: number, values: Float64Array): void {
  values.fill(0, 0, n);
  for (const { node, weight } of terms) {
    for (let i = 0; i < n; i++) values[i] += weight * exp(ln[node][i]);
  }
}

function addRatios(
  histogram: Histogram,
  [now, then]: readonly [readonly Term[], readonly Term[]],
  [layoutNow, layoutThen]: readonly [Layout, Layout],
  n: number,
): void {
  const scratch = new Float64Array(n);
  now.forEach(({ node }, term) => {
    const [before, after] = [layoutNow.ln[node], layoutThen.ln[then[term].node]];
    for (let i = 0; i < n; i++) scratch[i] = after[i] - before[i];
    histogram.add(scratch, n);
  });
}
