// Single operations of the WebAssembly module against double precision. What it cannot see: how they are put together
// (engines.test.ts). Needs the built dist/kernel/kernel.wasm.
import { readFile } from 'node:fs/promises';
import seedrandom from 'seedrandom';
import { beforeAll, describe, expect, it } from 'vitest';
import { normalCumulative } from '../../src/distributions/normal-cumulative.js';
import { loadKernel } from '../../src/engine/load-engine.js';
import { type Operations, openOperations } from '../../src/kernel/wasm/operations.js';
import {
  TRIM_BYTES,
  TRIM_MANY_KEPT,
  TRIM_ODD_KEPT,
  WINDOW_BYTES,
  WINDOW_CARRIED,
  WINDOW_FIRST,
  WINDOW_LENGTH,
  WINDOW_LOW,
  WINDOW_WORDS,
} from '../../src/kernel/wasm/shape.js';
import { scramblePoints } from '../../src/random/sobol.js';
import { BLOCK_SIZE } from '../../src/random/uniforms.js';
import { needs } from '../needs.js';

let operations: Operations;
let buffer: ArrayBuffer;
/** Four columns and a list. */
const [A, B, C, D] = [0, 1, 2, 3].map((i) => 65_536 + i * 8 * BLOCK_SIZE);

beforeAll(async () => {
  const bytes = Uint8Array.from(await readFile(new URL('../../dist/kernel/kernel.wasm', import.meta.url)));
  ({ operations, buffer } = await openOperations((await loadKernel(bytes))!, 4 * 65_536));
});

function column(at: number, values: readonly number[] = []): Float32Array {
  const numbers = new Float32Array(buffer, at, BLOCK_SIZE);
  if (values.length > 0) numbers.fill(1).set(values);
  return numbers;
}

/** ln of counts too large to be looked up goes through the module's logarithm. */
function logarithms(values: readonly number[]): number[] {
  // Where the weight is 0 and the known logarithm of the output is no number, the logarithm of the sum is computed.
  column(
    A,
    values.map((value) => value / 2),
  );
  column(B).fill(Number.NaN);
  column(
    C,
    values.map((value) => value / 2),
  );
  column(D).fill(1);
  operations.effectiveTokens(A, B, C, D, B);
  return [...column(B).subarray(0, values.length)];
}

function positive(count: number, from: number, to: number): number[] {
  const random = seedrandom('positive');
  return Array.from({ length: count }, () => Math.fround(2 ** (from + (to - from) * random())));
}

describe('the logarithm of four', () => {
  it('is within 1.2e-7 of the exact one, relative, from the least normal number to the greatest', () => {
    for (const [from, to] of [
      [-125, 127],
      [-1, 1],
      [-0.01, 0.01],
    ]) {
      const values = positive(BLOCK_SIZE, from, to);
      logarithms(values).forEach((found, i) => {
        const expected = Math.log(values[i]);
        expect(Math.abs(found - expected), `ln ${values[i]}`).toBeLessThanOrEqual(1.2e-7 * Math.abs(expected));
      });
    }
  });

  it('is -Infinity at 0, Infinity at Infinity, and no number below 0', () => {
    const ofAll = [0, Infinity, -1, Number.NaN, -Infinity].map((value) => {
      column(A).fill(0);
      operations.coupledUtilization(A, 0, value, 0, B);
      return column(B)[0];
    });
    expect(ofAll).toEqual([-Infinity, Infinity, Number.NaN, Number.NaN, Number.NaN]);
  });

  it('knows the numbers below the least normal one', () => {
    for (const value of [1e-39, 1e-42]) {
      const single = Math.fround(value);
      expect(logarithms([single])[0]).toBeCloseTo(Math.log(single), 4);
    }
  });
});

describe('coupled utilisation', () => {
  it('is within 5e-7 of its formula for every loading, 0 included', () => {
    const lnTps = [...positive(BLOCK_SIZE - 1, -40, 0).map(Math.log), -Infinity].map(Math.fround);
    column(A, lnTps);
    operations.coupledUtilization(A, 0, 0.24, 0.56, B);
    column(B).forEach((found, i) => {
      expect(Math.abs(found - Math.log(0.24 + 0.56 * Math.exp(lnTps[i])))).toBeLessThan(5e-7);
    });
  });
});

describe('words of normal scores', () => {
  it('hold the uniform numbers of the scores to 2e-6 of their tails, on either side', () => {
    const random = seedrandom('scores');
    const scores = Array.from({ length: BLOCK_SIZE }, (_, i) => Math.fround((i % 2 ? -7 : 7) * random() ** 2));
    scores.splice(0, 4, 0, -0, -40, 40);
    column(A, scores);
    operations.scoreWords(A, B);
    new Uint32Array(buffer, B, BLOCK_SIZE).forEach((word, i) => {
      const tail = normalCumulative(-Math.abs(scores[i])) * 2 ** 32;
      const found = scores[i] > 0 ? ~word >>> 0 : word;
      expect(Math.abs(found + 0.5 - tail), `score ${scores[i]}`).toBeLessThanOrEqual(0.5 + 1e-9 + 2e-6 * tail);
    });
  });
});

describe('Owen scrambling', () => {
  it('gives the bits of the reference, whatever the points and seeds', () => {
    const random = seedrandom('scramble');
    const word = () => random.int32();
    for (let round = 0; round < 20; round++) {
      const expected = Uint32Array.from({ length: BLOCK_SIZE }, word);
      const found = new Uint32Array(buffer, A, BLOCK_SIZE);
      found.set(expected);
      const [base, first, second] = [word(), word(), word()];
      operations.scramble(A, base, first, second);
      scramblePoints(expected, base, first, second);
      expect(found).toEqual(expected);
    }
  });
});

describe('token counts', () => {
  it('are rounded as by Math.round, with the logarithms of all counts looked up or computed', () => {
    operations.lnTable(131_072);
    const values = [0, 0.49, 0.5, 1.5, 2.5, 7, 32_766.5, 32_767, 32_767.5, 32_768, 1e6, 3e9, Number.NaN, -0.4, -3.6];
    const singles = values.map(Math.fround);
    column(A, values);
    operations.tokens(A, 131_072, B, C);
    // Without the sign of zero.
    expect([...column(B).subarray(0, values.length)].map((x) => x + 0)).toEqual(
      singles.map((value) => Math.round(value) + 0),
    );
    singles.forEach((value, i) => {
      const expected = Math.log(Math.round(value));
      const found = column(C)[i];
      if (Number.isFinite(expected)) expect(Math.abs(found - expected)).toBeLessThanOrEqual(2e-7 * (expected || 1));
      else expect(found).toBe(expected);
    });
  });
});

describe('counting', () => {
  const WINDOW = 131_072;
  const BINS = 20_000;
  const FIRST = -10_000;

  /** An empty window, and its record. */
  function empty(first = FIRST, length = BINS) {
    const window = new Uint32Array(buffer, WINDOW, BINS).fill(0);
    const bytes = new Uint8Array(buffer, WINDOW + 4 * BINS, BINS).fill(0);
    const record = WINDOW + 5 * BINS;
    for (const at of [record, record + WINDOW_BYTES]) {
      new Float32Array(buffer, at + WINDOW_LOW, 2).set([Infinity, -Infinity]);
      const words = new Int32Array(buffer, at, WINDOW_BYTES / 4);
      words[WINDOW_CARRIED / 4] = 0;
      words[WINDOW_FIRST / 4] = first;
      words[WINDOW_LENGTH / 4] = length;
    }
    const places = (at: number, from: number) =>
      new Int32Array(buffer, at + WINDOW_WORDS, 2).set([WINDOW + 4 * from, bytes.byteOffset + from]);
    places(record, 0);
    places(record + WINDOW_BYTES, length);
    const extremes = new Float32Array(buffer, record + WINDOW_LOW, 2);
    const carried = new Uint32Array(buffer, record + WINDOW_CARRIED, 1);
    return { window, bytes, record, extremes, carried };
  }

  /** Counts into a window of 20,000 bins from bin -10,000 on, as TypeScript would. */
  function counted(values: readonly number[], n: number) {
    const { window, bytes, record, extremes } = empty();
    column(A, values);
    const odd = operations.count(A, n, 10_000, record, B);
    operations.settle(bytes.byteOffset, WINDOW, BINS);
    return { window, extremes: [...extremes], odd: [...column(B).subarray(0, odd)] };
  }

  it('puts each value into its bin, what lies in none on the list, and the extremes aside', needs('minutes'), () => {
    const random = seedrandom('count');
    const values = Array.from({ length: BLOCK_SIZE }, () => Math.fround(2.4 * (random() - 0.5)));
    values.splice(5, 4, -Infinity, Infinity, Number.NaN, 0);
    for (const n of [0, 1, 3, 4, 1023, 1024]) {
      const { window, extremes, odd } = counted(values, n);
      const drawn = values.slice(0, n);
      const inside = drawn.filter((x) => Math.abs(Math.fround(x * 10_000)) < 10_000);
      const expected = new Uint32Array(20_000);
      for (const x of inside) expected[Math.floor(Math.fround(x * 10_000)) + 10_000]++;
      expect(window).toEqual(expected);
      expect(odd).toEqual(drawn.filter((x) => !inside.includes(x)));
      expect(extremes).toEqual([Math.min(...inside), Math.max(...inside)]);
    }
  });

  it('carries a byte that is full to its word, and leaves all bytes 0 when they are settled', () => {
    const { window, bytes, record, carried } = empty();
    const values = Array.from({ length: BLOCK_SIZE }, (_, i) => (i % 4 === 3 ? 0.5 : 0.25));
    column(A, values);
    operations.count(A, 4, 10_000, record, B);
    expect([carried[0], bytes[12_500], bytes[15_000]]).toEqual([0, 3, 1]);
    empty();
    for (let round = 0; round < 10; round++) {
      operations.count(A, BLOCK_SIZE, 10_000, record, B);
    }
    expect(window[12_500]).toBeGreaterThan(7000);
    expect(carried[0]).toBe(1);
    operations.settle(bytes.byteOffset, WINDOW, BINS);
    expect([window[12_500], window[15_000]]).toEqual([7680, 2560]);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  it('says which of two windows carried a byte', () => {
    const half = BINS / 2;
    const carriedOf = (draw: number) => {
      const { record } = empty(0, half);
      column(A, Array(BLOCK_SIZE).fill(draw));
      column(B).fill(0);
      const trim = record + 2 * WINDOW_BYTES;
      new Float32Array(buffer, trim, 2).set([0, 99]);
      const words = new Uint32Array(buffer, trim, TRIM_BYTES / 4);
      words.set([C, D], TRIM_ODD_KEPT / 4);
      operations.countKept(A, B, BLOCK_SIZE, trim, record);
      expect([...words.subarray(TRIM_MANY_KEPT / 4)]).toEqual([0, 0]);
      return [0, WINDOW_BYTES].map((at) => new Uint32Array(buffer, record + at + WINDOW_CARRIED, 1)[0]);
    };
    expect([carriedOf(0.005), carriedOf(0.5)]).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('adds bytes to others, unless one would overflow: then it leaves them', () => {
    const { bytes } = empty();
    const [from, to] = [bytes.subarray(0, 32), bytes.subarray(32, 64)];
    from.set([1, 200, 255], 14);
    to.set([2, 55, 0], 14);
    const add = () => operations.addBytes(from.byteOffset, to.byteOffset, 32);
    expect(add()).toBe(1);
    const sums = [...to];
    expect(sums.slice(14, 17)).toEqual([3, 255, 255]);
    expect(add()).toBe(0);
    expect([...to]).toEqual(sums);
  });

  it('takes whole numbers as they are where a bin is one wide', () => {
    const { window, bytes, record, extremes } = empty(0);
    const values = [3, 0, 3, 19_999, 20_000, Infinity, 7, 3];
    column(A, values);
    const odd = operations.count(A, values.length, 1, record, B);
    operations.settle(bytes.byteOffset, WINDOW, BINS);
    expect([window[0], window[3], window[7], window[19_999]]).toEqual([1, 3, 1, 1]);
    expect([...column(B).subarray(0, odd)]).toEqual([20_000, Infinity]);
    expect([...extremes]).toEqual([0, 19_999]);
  });

  it('counts each value as often as it is said to have come, and lists the others with that number', () => {
    const { window, bytes, record, extremes } = empty();
    const values = [-Infinity, 0.5, -0.5, 3, 0.5];
    const times = new Uint32Array(buffer, C, BLOCK_SIZE);
    times.set([4, 1_000_000, 0, 7, 2]);
    column(A, values);
    const odd = operations.countTimes(A, C, values.length, record, B);
    operations.settle(bytes.byteOffset, WINDOW, BINS);
    expect([window[5000], window[15_000]]).toEqual([0, 1_000_002]);
    const listed = [...column(B).subarray(0, 2 * odd)];
    const often = new Uint32Array(buffer, B, 2 * odd);
    expect([listed[0], often[1], listed[2], often[3]]).toEqual([-Infinity, 4, 3, 7]);
    expect([...extremes]).toEqual([0.5, 0.5]);
  });
});
