import { stepsFor } from '../kernel/wasm/steps.js';
import type { WasmKernel } from '../kernel/wasm/wasm-kernel.js';
import type { Tally } from '../plan/dependence.js';
import type { Columns } from '../plan/evaluate.js';
import type { NodeId } from '../plan/node.js';
import type { Plan } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { Sketches } from '../sketch/sketches.js';
import { addOddTimes, type CountedWindow, type Counting, partOf } from './counting.js';
import type { Ones } from './node-counting.js';
import { spreadNodes } from './spread-columns.js';
import type { TokenTally } from './token-tally.js';

/** What is counted with token counts: nodes in windows, and indicators. */
export interface Tallied {
  readonly nodes: readonly (CountedWindow & { readonly of: NodeId })[];
  readonly ones: readonly Ones[];
}

/**
 * Counts token counts as whole numbers, and at the end, once for each that was drawn, what depends on nothing else: the same
 * counts as draw by draw.
 *
 * @param columns that a tally is spread over, see `spreadColumns`
 */
export function tallyCounting(
  plan: Plan,
  tallied: Tally,
  { nodes, ones }: Tallied,
  tally: TokenTally,
  columns: Columns<Float32Array>,
  { layout, records, memory: { operations, standing } }: WasmKernel,
): Counting {
  const { tokens } = tallied;
  const { odd, words: times, once } = layout.scratch;
  const [listed, left] = odd;
  const [values, lnValues] = [columns.value[tokens], columns.ln[tokens]];
  const steps = stepsFor(spreadNodes(plan, tallied), { nodes: plan.nodes, columns, operations, records });

  return {
    count(n, sketches) {
      const many = tally.count(layout.value[tokens], n, listed);
      for (let done = 0; done < many; done += BLOCK_SIZE) {
        const size = Math.min(BLOCK_SIZE, many - done);
        values.set(listed.subarray(done, done + size));
        spread(once.subarray(0, size), sketches);
      }
    },
    settle(sketches) {
      tally.empty(values, times, (n) => spread(times.subarray(0, n), sketches));
    },
    view: (draws) => [...nodes.map(partOf), ...ones.map((one) => one.view(draws))],
  };

  /** Counts what follows from the first of `values`, each so many times. */
  function spread(often: Uint32Array, sketches: Sketches): void {
    operations.tokens(values.byteOffset, standing.lnTable, values.byteOffset, lnValues.byteOffset);
    for (const step of steps) step(0, 0);
    for (const one of nodes) {
      const none = one.window.countTimes(columns.ln[one.of], often, left);
      if (none > 0) addOddTimes(sketches.histograms[one.place], left, none);
    }
    for (const one of ones) one.add(columns, often, often.length);
  }
}
