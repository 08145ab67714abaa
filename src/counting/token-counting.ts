import type { WasmKernel } from '../kernel/wasm/wasm-kernel.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { Sketches } from '../sketch/sketches.js';
import { addOddTimes, type CountedWindow, type Counting, partOf } from './counting.js';
import type { Tallied } from './tallied.js';
import type { TokenTally } from './token-tally.js';

/**
 * Counts output tokens as whole numbers, and at the end, once for each that was drawn, their histogram and those of the
 * throughputs that depend on nothing else: the same counts as draw by draw.
 */
export function tokenCounting({ column, tokens, cells }: Tallied, tally: TokenTally, kernel: WasmKernel): Counting {
  const {
    layout,
    memory: { operations, standing },
  } = kernel;
  const drawn = layout.value[column];
  const { others: listed, divisor: odd, words: times } = layout;
  // Parts of a batch's column.
  const [values, lnValues, lnTps] = [0, 1, 2].map((block) =>
    layout.pooled.subarray(block * BLOCK_SIZE, (block + 1) * BLOCK_SIZE),
  );

  return {
    count(n, sketches) {
      const left = tally.count(drawn, n, listed);
      for (let done = 0; done < left; done += BLOCK_SIZE) {
        const size = Math.min(BLOCK_SIZE, left - done);
        values.set(listed.subarray(done, done + size));
        spread(layout.once.subarray(0, size), sketches);
      }
    },
    settle(sketches) {
      tally.empty(values, times, (n) => spread(times.subarray(0, n), sketches));
    },
    counted: () => [...tokens, ...cells].map(partOf),
  };

  /** Counts what follows from the first of `values`, each so many times. */
  function spread(times: Uint32Array, sketches: Sketches): void {
    const { byteOffset, length: n } = times;
    operations.tokens(values.byteOffset, standing.lnTable, values.byteOffset, lnValues.byteOffset);
    for (const one of tokens) countTimes(one, lnValues, times, sketches);
    for (const one of cells) {
      const lengths = { ...one.lengths, output: values.byteOffset, lnOutput: lnValues.byteOffset };
      one.fit.tps(lengths, n, lnTps.byteOffset);
      countTimes(one, lnTps, times, sketches);
      sketches.capped[one.cell] += one.fit.cappedTokens(lengths, byteOffset, n);
      sketches.extrapolated[one.cell] += one.fit.outside(lengths, byteOffset, n);
    }
  }

  function countTimes(
    { index, window }: CountedWindow,
    ln: Float32Array,
    times: Uint32Array,
    sketches: Sketches,
  ): void {
    const left = window.countTimes(ln, times, odd);
    if (left > 0) addOddTimes(sketches.histograms[index], odd, left);
  }
}
