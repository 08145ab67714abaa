/**
 * Tables of cubics, read by the WebAssembly kernel, against the exact quantile functions they are made of, in every octave of both
 * tails. Cannot see errors of the exact functions (distributions/), nor time: the number of exact calls stands for it. Needs the
 * built dist/kernel/kernel.wasm.
 */
import { readFile } from 'node:fs/promises';
import seedrandom from 'seedrandom';
import { beforeAll, describe, expect, it } from 'vitest';
import type { QuantileFunction } from '../../src/distributions/distribution.js';
import { parseDistribution } from '../../src/distributions/parse.js';
import { loadKernel } from '../../src/engine/load-engine.js';
import { CUBIC_TABLE_LENGTH, CubicTable } from '../../src/kernel/wasm/cubic-table.js';
import { logarithmDrawing, valueDrawing } from '../../src/kernel/wasm/drawing.js';
import { type Operations, openOperations } from '../../src/kernel/wasm/operations.js';
import { BLOCK_SIZE, TAIL_WORDS } from '../../src/random/uniforms.js';
import { tries } from '../needs.js';

const [TABLE, WORDS, OUT, LIST] = [65_536, 131_072, 147_456, 163_840];
let operations: Operations;
let buffer: ArrayBuffer;

beforeAll(async () => {
  const bytes = Uint8Array.from(await readFile(new URL('../../dist/kernel/kernel.wasm', import.meta.url)));
  ({ operations, buffer } = await openOperations((await loadKernel(bytes))!, 4 * 65_536));
});

/** The record of a drawing within bounds, on the scale of the table. */
function drawing(low: number, high: number): number {
  new Float32Array(buffer, LIST + 8192, 4).set([1, 0, low, high]);
  return LIST + 8192;
}

/** The word that stands for a uniform number. */
function wordOf(u: number): number {
  return Math.floor(u * 2 ** 32);
}

/** The uniform number that a word stands for, where it is not refined. */
function middleOf(u: number): number {
  return (wordOf(u) + 0.5) / 2 ** 32;
}

/** Reads a table at the words of a block of uniform numbers; NaN where it has no value. */
function read(table: CubicTable, us: readonly number[]): Float32Array {
  new Uint32Array(buffer, WORDS, BLOCK_SIZE).fill(wordOf(0.3)).set(us.map(wordOf));
  for (const u of us) table.make(wordOf(u));
  operations.quantiles(WORDS, TABLE, drawing(-Infinity, Infinity), OUT, LIST);
  return new Float32Array(buffer, OUT, us.length).slice();
}

function tableOf(exact: QuantileFunction, isLogarithm: boolean, steps: readonly number[] = []): CubicTable {
  return new CubicTable({ exact, isLogarithm, steps }, new Float32Array(buffer, TABLE, CUBIC_TABLE_LENGTH));
}

/** Middles of words in every octave of both tails, and blocks of plain draws. */
function probabilities(): number[][] {
  const random = seedrandom('cubic table');
  const tails = Array.from({ length: BLOCK_SIZE / 2 }, (_, i) => (1 + random()) * 2 ** -((i % 32) + 2));
  const plain = Array.from({ length: tries(2, 8) }, () => Array.from({ length: BLOCK_SIZE }, () => random()));
  return [tails.flatMap((tail) => [tail, 1 - tail]), ...plain].map((us) => us.map(middleOf));
}

/** What it does to a quantile that a tail is rounded to single precision. */
function roundingOf(u: number, exact: QuantileFunction): number {
  const half = Math.min(u, 1 - u) * 2 ** -24;
  return Math.max(...[u - half, u + half].map((moved) => Math.abs(exact(moved) - exact(u))));
}

const WRITTEN: Readonly<Record<string, unknown>> = {
  lognormal: { lognormal: { p5: 0.4, p95: 0.9 } },
  'wide lognormal': { lognormal: { mu: 0, sigma: 3 } },
  'truncated lognormal': { lognormal: { p5: 1.05, p95: 1.6 }, min: 1, max: 2 },
  exponential: { exponential: { mean: 433 } },
  gamma: { gamma: { shape: 2, scale: 250 } },
  'gamma of small shape': { gamma: { shape: 0.2, scale: 1 } },
  beta: { beta: { alpha: 2, beta: 5 } },
  weibull: { weibull: { shape: 1.5, scale: 300 } },
  triangular: { triangular: { min: 1, mode: 2, max: 9 } },
  uniform: { uniform: { min: 0.2, max: 0.9 } },
  loguniform: { loguniform: { min: 10, max: 10_000 } },
  mixture: {
    mixture: [
      { weight: 0.3, distribution: { lognormal: { mu: 5, sigma: 1 } } },
      { weight: 0.7, distribution: { exponential: { mean: 900 } } },
    ],
  },
};

/** Share of plain draws that a table may leave to the exact function: parts at jumps and kinks. */
const MOST_LEFT: Readonly<Record<string, number>> = { mixture: 0.15, triangular: 0.03, 'gamma of small shape': 0.02 };

async function exactOf(kind: string) {
  const distribution = parseDistribution(WRITTEN[kind], (path, message) => {
    throw new Error(`${path.join('.')}: ${message}`);
  })!;
  return {
    value: (await valueDrawing(distribution)).exact,
    logarithm: (await logarithmDrawing(distribution)).exact,
  };
}

describe.each(Object.keys(WRITTEN))('a table of %s', (kind) => {
  it('holds values to 1e-6 of the exact ones, relative, beside the rounding of u, in both tails', async () => {
    const { value } = await exactOf(kind);
    const table = tableOf(value, false);
    for (const us of probabilities()) {
      read(table, us).forEach((found, i) => {
        const expected = value(us[i]);
        // Beneath the numbers of single precision.
        if (Number.isNaN(found) || Math.abs(expected) < 1e-37) return;
        const allowed = 1e-6 * Math.abs(expected) + roundingOf(us[i], value);
        if (!(Math.abs(found - expected) < allowed)) expect.fail(`u = ${us[i]}: ${found}, exactly ${expected}`);
      });
    }
  });

  it('holds logarithms to 1e-6 of the exact ones, or two roundings, beside the rounding of u', async () => {
    const { logarithm } = await exactOf(kind);
    const table = tableOf(logarithm, true);
    for (const us of probabilities()) {
      read(table, us).forEach((found, i) => {
        const expected = logarithm(us[i]);
        if (Number.isNaN(found)) return;
        const allowed = Math.max(1e-6, 2.4e-7 * Math.abs(expected)) + roundingOf(us[i], logarithm);
        if (!(Math.abs(found - expected) < allowed)) expect.fail(`u = ${us[i]}: ${found}, exactly ${expected}`);
      });
    }
  });

  it('leaves few draws to the exact function, in the tails of smooth ones too', async () => {
    const { value, logarithm } = await exactOf(kind);
    for (const [exact, isLogarithm] of [[value, false] as const, [logarithm, true] as const]) {
      const [tails, ...plain] = probabilities();
      const left = plain.map((us) => read(tableOf(exact, isLogarithm), us).filter(Number.isNaN).length);
      const share = left.reduce((sum, count) => sum + count, 0) / (plain.length * BLOCK_SIZE);
      expect(share).toBeLessThanOrEqual(MOST_LEFT[kind] ?? 0.002);
      const shallow = tails.filter((u) => Math.min(u, 1 - u) > TAIL_WORDS / 2 ** 32);
      if (MOST_LEFT[kind] === undefined) {
        const ofTails = read(tableOf(exact, isLogarithm), shallow).filter(Number.isNaN).length;
        expect(ofTails).toBeLessThan(0.05 * shallow.length);
      }
    }
  });
});

describe('a table', () => {
  it('is the same whatever is drawn first', async () => {
    const { value } = await exactOf('gamma');
    const [tails] = probabilities();
    const coefficients = [tails, [...tails].reverse()].map((us) => {
      const table = tableOf(value, false);
      for (const u of us) table.make(wordOf(u));
      return table.coefficients.slice();
    });
    expect(coefficients[0]).toEqual(coefficients[1]);
  });

  it('holds no value at the median, in the tails that are refined, and where nothing has been made', () => {
    const table = tableOf((u) => u, false);
    const tail = (TAIL_WORDS - 0.5) / 2 ** 32;
    const found = read(table, [0.5, 0.5 - 2 ** -32, 0, 1 - 2 ** -32, tail, 1 - tail]);
    expect([...found]).toEqual(Array(6).fill(Number.NaN));
    tableOf((u) => u, false);
    new Uint32Array(buffer, WORDS, BLOCK_SIZE).fill(wordOf(0.1));
    expect(operations.quantiles(WORDS, TABLE, drawing(0, 1), OUT, LIST)).toBe(BLOCK_SIZE);
    expect([...new Uint32Array(buffer, LIST, 4)]).toEqual([0, 1, 2, 3]);
  });

  it('of a constant is that constant, and of a jump leaves only the part that holds it', () => {
    expect(
      read(
        tableOf(() => 0.1, false),
        [0.1, 0.4, 0.9],
      ),
    ).toEqual(Float32Array.of(0.1, 0.1, 0.1));
    const jump = tableOf((u) => (u < 0.3141 ? 1 : 2), false);
    expect(read(jump, [0.3, 0.313, 0.3141, 0.33])).toEqual(Float32Array.of(1, Number.NaN, Number.NaN, 2));
  });

  it('leaves a part to the exact function that holds a step which no point of it sees', () => {
    // Parts of 1/128 from 1/4 on; the atom is narrower than the gap between two points.
    const atom = (u: number) => (u > 0.4026 && u <= 0.4038 ? 9 : 1.2);
    const [left, middle, right] = read(tableOf(atom, false, [0.4026, 0.4038]), [0.39, 0.403, 0.407]);
    expect([left, middle, right]).toEqual([Math.fround(1.2), Number.NaN, Math.fround(1.2)]);
    const staircase = (u: number) => Math.floor(2560 * u);
    const steps = Array.from({ length: 2560 }, (_, i) => (i + 1) / 2560);
    expect(read(tableOf(staircase, false, steps), [0.3, 0.6]).every(Number.isNaN)).toBe(true);
  });

  it('calls the exact function at most seven times a part', () => {
    let calls = 0;
    const rough = (u: number) => {
      calls++;
      return u ** 400;
    };
    const table = tableOf(rough, false);
    for (const us of probabilities()) read(table, us);
    // 13 octaves on either side of the median.
    expect(calls).toBeLessThanOrEqual(2 * 13 * 32 * 7);
  });
});
