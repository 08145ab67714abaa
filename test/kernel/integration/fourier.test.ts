// The transform behind convolutions against sums written out. What it cannot see: time, and engines other than the one
// it runs on; that bits agree between them follows from the operations used, of which the roots' own test sees the
// values.
import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { productOfSpectra, shortestWaves, Transforms } from '../../../src/kernel/integration/fourier.js';

function randomMasses(seed: string, length: number): Float64Array {
  const random = seedrandom(seed);
  return Float64Array.from({ length }, () => random() - 0.3);
}

function summedDirectly(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length + b.length - 1);
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      result[i + j] += x * y;
    });
  });
  return result;
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
}

function convolved(length: number, ...factors: Float64Array[]): Float64Array {
  const transforms = new Transforms();
  return transforms.massesOf(productOfSpectra(factors.map((masses) => transforms.spectrumOf(masses, length))));
}

describe('a convolution by transforms', () => {
  it.each([4, 8, 64, 512, 2048])('of %d points is the sum written out, within the stated bound', (length) => {
    const a = randomMasses(`a${length}`, length / 2);
    const b = randomMasses(`b${length}`, length / 2 + 1);
    const exact = summedDirectly(a, b);
    const found = convolved(length, a, b);
    const bound = 1e-15 * Math.log2(length / 2) * norm(a) * norm(b);
    expect(Math.max(...found.map((x, i) => Math.abs(x - (exact[i] ?? 0))))).toBeLessThan(Math.max(bound, 4e-16));
  });

  it('does not wrap around: what is convolved may fill the transform to its last point', () => {
    const masses = new Float64Array(16);
    masses[15] = 1;
    const found = convolved(32, masses, masses);
    expect(Math.max(...found.map((x, i) => Math.abs(x - (i === 30 ? 1 : 0))))).toBeLessThan(1e-14);
  });

  it('does not depend on the order of what is convolved, and keeps the sum', () => {
    const list = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(list, list, list, (...lists) => {
        const factors = lists.map((one) => Float64Array.from(one));
        const found = convolved(128, ...factors);
        const turned = convolved(128, ...factors.reverse());
        const product = factors.reduce((all, one) => all * one.reduce((sum, x) => sum + x, 0), 1);
        expect(Math.max(...found.map((x, i) => Math.abs(x - turned[i])))).toBeLessThan(1e-11);
        expect(Math.abs(found.reduce((sum, x) => sum + x, 0) - product)).toBeLessThan(1e-12 * Math.max(1, product));
      }),
      { seed: 19, numRuns: 100 },
    );
  });

  it('takes the spectrum at the roots of z^half = i, in reversed order of bits', () => {
    const masses = randomMasses('roots', 16);
    const { re, im } = new Transforms().spectrumOf(masses, 16);
    const reversed = (j: number) => ((j & 1) << 2) | (j & 2) | ((j & 4) >> 2);
    for (let j = 0; j < 8; j++) {
      const angle = (Math.PI / 2 - 2 * Math.PI * reversed(j)) / 8;
      const at = (part: (x: number) => number) => masses.reduce((sum, mass, k) => sum + mass * part(k * angle), 0);
      expect(re[j]).toBeCloseTo(at(Math.cos), 13);
      expect(im[j]).toBeCloseTo(at(Math.sin), 13);
    }
  });
});

describe('the bits of a spectrum', () => {
  it('are those of the day this was written, on every engine', () => {
    const { re, im } = new Transforms().spectrumOf(Float64Array.of(1, 2, 3, 5, 7, 11, 13, 17), 16);
    expect([...re]).toEqual([
      29.24299734639485, -1.8504559732231325, -11.711630302566872, 8.118078802618482, -34.357975525101615,
      4.73371333738703, -5.575554858098108, 19.40082717258936,
    ]);
    expect([...im]).toEqual([
      47.09577899936101, -10.879315623265349, -8.807696339671342, -7.609777163200987, 3.2274215538169813,
      -8.72042444400403, -8.447440203101575, -5.858546779934703,
    ]);
  });
});

describe('the shortest waves', () => {
  it('are those of masses that alternate, and not those that change slowly', () => {
    const transforms = new Transforms();
    const spectrum = (of: (i: number) => number) =>
      transforms.spectrumOf(
        Float64Array.from({ length: 128 }, (_, i) => of(i)),
        128,
      );
    const smooth = spectrum((i) => Math.exp(-(((i - 64) / 8) ** 2) / 2) / 8 / Math.sqrt(2 * Math.PI));
    expect(shortestWaves(smooth)).toBeLessThan(1e-12);
    const alternating = spectrum((i) => (i % 2 === 0 && i < 16 ? 1 / 8 : 0));
    expect(shortestWaves(alternating)).toBeCloseTo(1, 1);
  });
});
