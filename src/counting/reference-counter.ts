import type { Kernel } from '../kernel/kernel.js';
import type { Layout } from '../kernel/layout.js';
import type { CountedPool, Plan, PoolMember } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import { binOf, type Histogram } from '../sketch/histogram.js';
import type { Counter } from './counter.js';
import { rangeSketches } from './empty-sketches.js';
import { KeptDraws } from './kept-draws.js';

/** The scalar TypeScript counter of the reference: the oracle of the other. */
export function referenceCounter({ counted }: Plan, { layout }: Kernel<Float64Array>): Counter {
  let sketches = rangeSketches(counted.length);
  const pooled = new Float64Array(BLOCK_SIZE);
  return {
    count(n) {
      counted.forEach((what, place) => {
        const histogram = sketches.histograms[place];
        if (what.kind === 'node') histogram.add(layout.ln[what.of], n);
        else for (const member of what.members) countMember(what, member, layout, n, pooled, histogram);
      });
    },
    view: () => sketches.toData(),
    clear() {
      sketches = rangeSketches(counted.length);
    },
  };
}

function countMember(
  { keep, divisor }: CountedPool,
  member: PoolMember,
  { ln }: Layout,
  n: number,
  pooled: Float64Array,
  histogram: Histogram,
): void {
  const { node } = member;
  const draws = new KeptDraws(member);
  let kept = 0;
  for (let i = 0; i < n; i++) {
    if (keep === 'all' || draws.keeps(binOf(ln[node][i]), i)) pooled[kept++] = ln[node][i] - ln[divisor][i];
  }
  histogram.add(pooled, kept);
}
