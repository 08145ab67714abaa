import type { Kernel } from '../kernel/kernel.js';
import type { Layout } from '../kernel/layout.js';
import type { CountedPool, Plan, PoolMember } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import { binOf, type Histogram } from '../sketch/histogram.js';
import type { Counter } from './counter.js';
import { rangeSketches } from './empty-sketches.js';

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
  { node, lowBin, highBin }: PoolMember,
  { ln }: Layout,
  n: number,
  pooled: Float64Array,
  histogram: Histogram,
): void {
  let kept = 0;
  for (let i = 0; i < n; i++) {
    const bin = binOf(ln[node][i]);
    if (keep === 'all' || (bin >= lowBin && bin <= highBin)) pooled[kept++] = ln[node][i] - ln[divisor][i];
  }
  histogram.add(pooled, kept);
}
