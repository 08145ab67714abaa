// The points of the stratified samplers: known values and laws of nets. What it cannot see: how well the hashed scrambling
// imitates Owen's own, beyond what the coverage of its error estimates shows (replicates.test.ts).
import { describe, expect, it } from 'vitest';
import { sobolDimensionOf } from '../../src/model/sobol-dimension.js';
import { sobolDirections } from '../../src/random/directions.js';
import { wordFill } from '../../src/random/fill.js';
import { REPLICATES, type Sampler } from '../../src/random/sampler.js';
import { scramblePoints } from '../../src/random/sobol.js';
import { streamKey } from '../../src/random/streams.js';
import { BLOCK_SIZE, fillWords, uniformsOf } from '../../src/random/uniforms.js';
import { needs } from '../needs.js';

const SOURCE = { pseudo: fillWords, scramble: scramblePoints };

function draws(sampler: Sampler, variable: string, blocks: readonly number[], seed = 'a seed'): number[] {
  const key = streamKey(seed, variable);
  const fill = wordFill(sampler, key, sobolDimensionOf(variable), SOURCE);
  const words = new Uint32Array(BLOCK_SIZE);
  const out = new Float64Array(BLOCK_SIZE);
  return blocks.flatMap((block) => {
    fill(block, words);
    uniformsOf(key, block, words, out);
    return [...out];
  });
}

function sobolPoint(index: number, directions: ReturnType<typeof sobolDirections>): number {
  return directions.reduce((point, v, bit) => ((index >>> bit) & 1 ? (point ^ v) >>> 0 : point), 0) / 2 ** 32;
}

/** Points of each cell of a grid of 2^a by 2^b cells. */
function cells(xs: readonly number[], ys: readonly number[], a: number, b: number): number[] {
  const counts = new Array<number>(2 ** (a + b)).fill(0);
  xs.forEach((x, i) => {
    counts[Math.floor(x * 2 ** a) * 2 ** b + Math.floor(ys[i] * 2 ** b)]++;
  });
  return counts;
}

describe('Sobol points before scrambling', () => {
  // Joe and Kuo's own first points, as SciPy 1.17 `qmc.Sobol(3, scramble=False)` gives them, in order of the Gray code.
  it.each([
    [0, [0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125]],
    [1, [0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625]],
    [2, [0, 0.5, 0.25, 0.75, 0.625, 0.125, 0.875, 0.375]],
  ])('dimension %i starts as published', (dimension, points) => {
    expect(points.map((_, i) => sobolPoint(i ^ (i >>> 1), sobolDirections(dimension)))).toEqual(points);
  });

  it('every one of the 64 dimensions puts one of its first 1024 points in each 1024th', () => {
    for (let dimension = 0; dimension < 64; dimension++) {
      const directions = sobolDirections(dimension);
      const strata = Array.from({ length: 1024 }, (_, i) => Math.floor(sobolPoint(i, directions) * 1024));
      expect(new Set(strata).size).toBe(1024);
    }
  });

  it('there is no 65th dimension', () => {
    expect(() => sobolDirections(64)).toThrow('Sobol dimension 64; the table has 64');
  });
});

describe('scrambled Sobol points', () => {
  const blocks = [3, 3 + REPLICATES, 3 + 2 * REPLICATES, 3 + 3 * REPLICATES];
  const n = blocks.length * BLOCK_SIZE;

  it.each(['output_tokens', 'pue', 'a name of its own'])('4096 points of %s: one in each 4096th', (variable) => {
    expect(new Set(draws('sobol', variable, blocks).map((u) => Math.floor(u * n))).size).toBe(n);
  });

  it('the first two dimensions stay a (0, 12, 2)-net: every elementary rectangle of area 1/4096 has one point', () => {
    const [xs, ys] = [draws('sobol', 'output_tokens', blocks), draws('sobol', 'power_utilization', blocks)];
    for (let a = 0; a <= 12; a++) expect(new Set(cells(xs, ys, a, 12 - a))).toEqual(new Set([1]));
  });

  it('pseudo-random points are no such net, so the law can fail', () => {
    const [xs, ys] = [draws('pseudo', 'output_tokens', blocks), draws('pseudo', 'power_utilization', blocks)];
    expect(new Set(cells(xs, ys, 6, 6)).size).toBeGreaterThan(1);
  });

  it(
    'each point is uniform over seeds: chi-squared of 1000 seeds within four standard errors',
    needs('minutes'),
    () => {
      const counts = new Float64Array(64);
      for (let seed = 0; seed < 1000; seed++) {
        const fill = wordFill('sobol', streamKey(`${seed}`, 'pue'), sobolDimensionOf('pue'), SOURCE);
        const out = new Uint32Array(BLOCK_SIZE);
        fill(0, out);
        counts[out[5] >>> 26]++;
      }
      const chiSquared = counts.reduce((sum, count) => sum + (count - 15.625) ** 2 / 15.625, 0);
      expect(Math.abs(chiSquared - 63)).toBeLessThan(4 * Math.sqrt(126));
    },
  );
});

describe('Latin hypercubes', () => {
  it('every block has one draw in each 1024th, in an order of its own', () => {
    const orders = [0, 1, 17].map((block) => draws('latin-hypercube', 'pue', [block]).map((u) => Math.floor(u * 1024)));
    for (const order of orders) expect(new Set(order).size).toBe(BLOCK_SIZE);
    expect(new Set(orders.map((order) => order.slice(0, 5).join())).size).toBe(3);
  });

  it('two variables are paired at random: correlation within four standard errors over 200 blocks', () => {
    const blocks = Array.from({ length: 200 }, (_, block) => block);
    const [xs, ys] = [draws('latin-hypercube', 'pue', blocks), draws('latin-hypercube', 'output_tokens', blocks)];
    const product = xs.reduce((sum, x, i) => sum + (x - 0.5) * (ys[i] - 0.5), 0) / xs.length;
    expect(Math.abs(product)).toBeLessThan(4 / (12 * Math.sqrt(xs.length)));
  });
});

describe.each(['latin-hypercube', 'sobol'] as const)('%s draws', (sampler) => {
  it('lie inside (0, 1), and any block can be drawn alone, also a late one', () => {
    const late = 2 ** 25 + 5;
    const alone = draws(sampler, 'pue', [late]);
    expect(draws(sampler, 'pue', [0, 7, late]).slice(2 * BLOCK_SIZE)).toEqual(alone);
    expect(Math.min(...alone)).toBeGreaterThan(0);
    expect(Math.max(...alone)).toBeLessThan(1);
  });

  it('differ by seed, variable, block and replicate', () => {
    const firsts = [
      draws(sampler, 'pue', [0])[0],
      draws(sampler, 'pue', [1])[0],
      draws(sampler, 'pue', [REPLICATES])[0],
      draws(sampler, 'pue', [0], 'another')[0],
      draws(sampler, 'some variable', [0])[0],
      draws(sampler, 'another variable', [0])[0],
    ];
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('of two variables with names of their own are uncorrelated over replicates', () => {
    const blocks = Array.from({ length: 64 }, (_, block) => block);
    const [xs, ys] = [draws(sampler, 'models.a.tps', blocks), draws(sampler, 'models.b.tps', blocks)];
    const product = xs.reduce((sum, x, i) => sum + (x - 0.5) * (ys[i] - 0.5), 0) / xs.length;
    expect(Math.abs(product)).toBeLessThan(4 / (12 * Math.sqrt(xs.length)));
  });
});
