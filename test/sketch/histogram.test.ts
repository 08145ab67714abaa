// The sketch against sorting: merging laws, resolution, odd values. What it cannot see: counts beyond 2^53.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BINS_PER_E, binOf, Histogram, MOST_BINS, repeatedValue } from '../../src/sketch/histogram.js';
import {
  coarseBins,
  countOf,
  meanAndStd,
  quantileBins,
  quantiles,
  shareAboveOne,
  shareBelowOne,
  statisticsOf,
} from '../../src/sketch/statistics.js';
import { needs } from '../needs.js';

function sketch(values: readonly number[], counts: Uint32Array | Float64Array = new Uint32Array(0)): Histogram {
  const histogram = new Histogram(counts);
  histogram.add(Float64Array.from(values, Math.log), values.length);
  return histogram;
}

function merged(...parts: Histogram[]): Histogram {
  const whole = new Histogram();
  for (const part of parts) whole.merge(part);
  return whole;
}

/** What is counted, whatever the window that holds it. */
function content({ first_bin, counts, zeros, non_finite, ln_min, ln_max }: Histogram) {
  const filled: [number, number][] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i] > 0) filled.push([first_bin + i, counts[i]]);
  return { filled, zeros, non_finite, ln_min, ln_max };
}

/** Mulberry32 (Tommy Ettinger, public domain): seeded numbers that owe nothing to the code under test. */
function mulberry(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const values = fc.array(fc.oneof(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), fc.constant(0)), { maxLength: 60 });

describe('merging', () => {
  it('gives the same counts in any order and grouping', needs('minutes'), () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const whole = content(sketch([...a, ...b, ...c]));
        expect(content(merged(sketch(a), sketch(b), sketch(c)))).toEqual(whole);
        expect(content(merged(sketch(c), merged(sketch(b), sketch(a))))).toEqual(whole);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('leaves the merged part as it was', () => {
    const part = sketch([1, 2, 3]);
    const before = content(part);
    merged(part, sketch([4]));
    expect(content(part)).toEqual(before);
  });

  it('takes counts in bytes, and holds more than a byte does once more comes', () => {
    const bytes = { ...sketch([1]), first_bin: 0, counts: Uint8Array.of(255), ln_min: 0, ln_max: 0 };
    for (const none of [new Uint32Array(0), new Float64Array(0)]) {
      const whole = new Histogram(none);
      whole.merge(bytes);
      whole.adopt(bytes);
      expect(countOf(whole)).toBe(510);
      const added = new Histogram(none);
      added.adopt(bytes);
      added.add(Float64Array.of(0, 0), 2);
      expect(countOf(added)).toBe(257);
    }
    expect(bytes.counts[0]).toBe(255);
  });

  it('counts beyond 2^32 in one bin', () => {
    const many = new Histogram(new Uint32Array(0));
    many.add(Float64Array.of(0), 1);
    many.counts[-many.first_bin] = 2 ** 32 - 1;
    expect(countOf(merged(many, many, many))).toBe(3 * (2 ** 32 - 1));
  });
});

describe('quantiles', () => {
  it('lie within 1e-4 of the sorted values, for a wide spread', () => {
    const random = mulberry(42);
    const draws = Array.from({ length: 20_001 }, () => Math.exp(20 * (random() - 0.5)));
    const sorted = [...draws].sort((a, b) => a - b);
    const probabilities = [0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999];
    quantiles(sketch(draws), probabilities).forEach((value, i) => {
      const rank = Math.ceil(probabilities[i] * draws.length) - 1;
      expect(Math.abs(value / sorted[rank] - 1)).toBeLessThan(1e-4);
    });
  });

  it('never leave the range of the values and never fall as the probability rises', () => {
    const nonEmpty = fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(nonEmpty, (list) => {
        const found = quantiles(sketch(list), [0, 0.1, 0.5, 0.9, 1]);
        const [low, high] = [Math.min(...list), Math.max(...list)];
        for (const value of found) {
          expect(value).toBeGreaterThanOrEqual(low * (1 - 1e-12));
          expect(value).toBeLessThanOrEqual(high * (1 + 1e-12));
        }
        expect([...found].sort((a, b) => a - b)).toEqual(found);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it('are exact for one value repeated, and at the lowest and highest of many', () => {
    const constant = sketch(new Array(100).fill(5200));
    expect(quantiles(constant, [0.05, 0.5, 0.95]).map((value) => Math.round(value * 1e9) / 1e9)).toEqual([
      5200, 5200, 5200,
    ]);
    expect(quantiles(sketch([3, 10, 70]), [0, 1]).map((value) => Math.round(value * 1e9) / 1e9)).toEqual([3, 70]);
  });

  it('count zeros as the lowest draws', () => {
    const histogram = sketch([0, 0, 0, 5]);
    expect(quantiles(histogram, [0.5, 0.75])).toEqual([0, 0]);
    expect(quantiles(histogram, [0.9])[0]).toBeCloseTo(5, 10);
    expect(quantileBins(histogram, [0.5])).toEqual([Number.NEGATIVE_INFINITY]);
  });

  it('are NaN without draws', () => {
    expect(quantiles(new Histogram(), [0.5])).toEqual([Number.NaN]);
    expect(meanAndStd(new Histogram())).toEqual({ mean: Number.NaN, std: Number.NaN });
  });
});

describe('odd values', () => {
  it('that are no finite number are counted apart and change nothing else', () => {
    const histogram = new Histogram();
    histogram.add(Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY), 4);
    expect(histogram.non_finite).toBe(2);
    expect(histogram.zeros).toBe(1);
    expect(countOf(histogram)).toBe(2);
    expect(quantiles(histogram, [1])).toEqual([1]);
  });
});

describe('moments', () => {
  it('agree with the sums over the draws as well as errors within bins cancel', () => {
    const random = mulberry(7);
    const draws = Array.from({ length: 100_000 }, () => Math.exp(random() + random() + random()));
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const std = Math.sqrt(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length);
    const found = meanAndStd(sketch(draws));
    // An error is uniform over a bin of 1e-4: standard error 1e-4 / sqrt(12 n); five of them, and more for the square.
    const bound = (5 * 1e-4) / Math.sqrt(12 * draws.length);
    expect(Math.abs(found.mean / mean - 1)).toBeLessThan(bound);
    expect(Math.abs(found.std / std - 1)).toBeLessThan(4 * bound);
  });

  it('take zeros into account', () => {
    const { mean, std } = meanAndStd(sketch([0, 0, 4, 4]));
    expect(mean).toBeCloseTo(2, 10);
    expect(std).toBeCloseTo(2, 10);
  });

  it('scale with the unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (bins) => {
        const list = [0.3, 1, 1.7, 12];
        const scale = Math.exp(bins / BINS_PER_E);
        const scaled = meanAndStd(sketch(list.map((x) => x * scale)));
        expect(Math.abs(scaled.mean / (scale * meanAndStd(sketch(list)).mean) - 1)).toBeLessThan(1e-4);
      }),
      { seed: 3, numRuns: 60 },
    );
  });
});

describe('statistics', () => {
  it('give a 95 % interval of the median that covers the true one in 95 % of runs', () => {
    const random = mulberry(11);
    const runs = 600;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const found = statisticsOf(sketch(Array.from({ length: 400 }, () => Math.exp(random()))), 400);
      if (found.p50_ci_low <= Math.exp(0.5) && Math.exp(0.5) <= found.p50_ci_high) covered++;
    }
    // Four standard errors of a share of 0.95 in 600 runs.
    expect(Math.abs(covered / runs - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / runs));
  });

  it('tell shares on either side of 1, and do not call a highest draw of 1 above it', () => {
    expect(shareBelowOne(sketch([0.5, 0.99, 1, 2]))).toBe(0.5);
    expect(shareAboveOne(sketch([0.5, 1.01, 2, 3]))).toBe(0.75);
    expect(shareAboveOne(sketch([0.5, 1]))).toBe(0);
  });

  it('have coarse bins that hold all draws in their edges', () => {
    const bins = coarseBins(sketch([0, 0.2, 0.2, 7]), 100);
    expect(bins.map(({ count }) => count)).toEqual([1, 2, 1]);
    expect(bins[0]).toEqual({ low: 0, high: 0, count: 1 });
    expect(bins[1].low).toBeLessThanOrEqual(0.2);
    expect(bins[1].high).toBeGreaterThan(0.2);
    expect(bins[2].high / bins[2].low).toBeCloseTo(Math.exp(0.01), 9);
  });

  it('put each value in the bin below its own logarithm', () => {
    expect(binOf(0)).toBe(0);
    expect(binOf(-1e-9)).toBe(-1);
    expect(binOf(1)).toBe(BINS_PER_E);
  });
});

describe('the room of a histogram', () => {
  it('holds all positive numbers at once, and no counts that lie further apart, added or merged', () => {
    const all = sketch([Number.MIN_VALUE, Number.MAX_VALUE, 0]);
    expect(all.counts.length).toBeLessThanOrEqual(MOST_BINS);
    expect(countOf(all)).toBe(3);
    const apart = /^a quantity's values lie further apart than histograms hold .*: drawn from e\^-1000 to e\^700\.0;/;
    expect(() => new Histogram().add(Float64Array.of(-1000, 700), 2)).toThrow(apart);
    const [low, high] = [-1000, 700].map((ln) => {
      const one = new Histogram();
      one.merge(repeatedValue(ln, Float64Array.of(1)));
      return one;
    });
    expect(() => low.merge(high)).toThrow(apart);
  });
});

it('a median of fewer than eight independent draws has no interval', () => {
  const histogram = new Histogram();
  histogram.add(
    Float64Array.from({ length: 16 }, (_, i) => i / 16),
    16,
  );
  for (const draws of [1, 2, 3, 7, 16 * 0.4]) {
    const { p50, p50_ci_low, p50_ci_high } = statisticsOf(histogram, draws);
    expect(p50).toBeGreaterThan(1);
    expect([p50_ci_low, p50_ci_high]).toEqual([Number.NaN, Number.NaN]);
  }
  const { p50, p50_ci_low, p50_ci_high } = statisticsOf(histogram, 8);
  expect(p50_ci_low).toBeLessThan(p50);
  expect(p50_ci_high).toBeGreaterThan(p50);
});
