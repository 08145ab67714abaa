// Moments of distributions so narrow that their bins say little: from where in their bins the draws lie. Expected values are those
// of the draws themselves, and closed forms; sums must come to the same bits however draws are grouped. What it cannot see:
// distributions of 200 bins or more, whose moments come from their bins (test/sketch/histogram.test.ts).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateIn } from '../../src/simulate/simulate.js';
import { decodeSketches, encodeSketches } from '../../src/sketch/codec.js';
import { Histogram } from '../../src/sketch/histogram.js';
import { Sketches } from '../../src/sketch/sketches.js';
import { meanAndStd } from '../../src/sketch/statistics.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { builtEngine } from '../built-engine.js';
import { needs } from '../needs.js';

function counted(lnValues: readonly number[]): Histogram {
  const histogram = new Histogram();
  histogram.add(Float64Array.from(lnValues), lnValues.length);
  return histogram;
}

const bytesOf = (...histograms: Histogram[]) => {
  const sketches = new Sketches(1, () => new Float64Array(0));
  for (const histogram of histograms) sketches.merge({ parts: [{ of: [0], data: { ...histogram } }] });
  return encodeSketches(sketches);
};

/** ln values that lie close together, some of them in one bin, some the same, a few zeros. */
const close = fc.array(
  fc.oneof(
    fc.double({ min: 0.3, max: 0.305, noNaN: true }),
    fc.double({ min: 0.30201, max: 0.30203, noNaN: true }),
    fc.constantFrom(0.3, 0.30207, Number.NEGATIVE_INFINITY),
  ),
  { minLength: 1, maxLength: 60 },
);

describe('places within bins', () => {
  it('give the mean and the standard deviation of the draws themselves', () => {
    fc.assert(
      fc.property(close, (lnValues) => {
        const values = lnValues.map(Math.exp);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
        const found = meanAndStd(counted(lnValues));
        expect(Math.abs(found.mean / mean - 1) || 0).toBeLessThan(3e-10);
        expect(Math.abs(found.std - std)).toBeLessThan(2e-4 * std + 3e-10);
      }),
    );
  });

  it('add up to the same bytes in any order and grouping, also through bytes', needs('minutes'), () => {
    fc.assert(
      fc.property(close, close, close, (a, b, c) => {
        const whole = bytesOf(counted([...a, ...b, ...c]));
        expect(bytesOf(counted(c), counted(a), counted(b))).toEqual(whole);
        const pair = counted(a);
        pair.merge(counted(c));
        expect(bytesOf(pair, counted(b))).toEqual(whole);
        const read = new Sketches(1, () => new Float64Array(0));
        for (const bytes of [bytesOf(counted(b)), bytesOf(counted(a)), bytesOf(counted(c))]) {
          read.adopt(decodeSketches(bytes, 1));
        }
        expect(encodeSketches(read)).toEqual(whole);
      }),
    );
  });

  it('are not kept of what spans many bins, whose moments come from the bins', () => {
    const wide = counted([0, 0.01, 0.03]);
    expect(wide.within).toBeUndefined();
    const grown = counted([0.3, 0.301]);
    grown.merge(counted([0.33]));
    expect(grown.within).toBeUndefined();
  });

  it('leave the standard deviation of equal draws at exactly 0', () => {
    const same = counted([0.123456, 0.123456, 0.123456]);
    same.merge(counted([0.123456]));
    expect(meanAndStd(same)).toEqual({ mean: Math.exp(0.123456), std: 0 });
  });
});

const SAMPLES = 60_000;

const text = (pue: string) => `
version: 1
name: narrow
seed: narrow
samples: ${SAMPLES}
node_power_kw: 10.2
power_utilization: 0.7
pue: ${pue}
input_tokens: 1000
models: { A: { tps: 900 }, B: { tps: 901 } }
regimes: { t: { output_tokens: 300 } }
blends: { all: { models: [A, B] } }
`;

describe.each(['reference', 'wasm'] as const)('with the %s kernel', (kernel) => {
  it.each([
    ['{ uniform: { min: 1.2, max: 1.2002 } }', 1.2001, 0.0002 / Math.sqrt(12)],
    ['{ normal: { mean: 1.3, sd: 0.00002 }, min: 1 }', 1.3, 2e-5],
    ['{ normal: { mean: 1.3, sd: 0.000002 }, min: 1 }', 1.3, 2e-6],
    ['{ normal: { mean: 1.01, sd: 0.0001 }, min: 1 }', 1.01, 1e-4],
  ])('the standard deviation of a pue of %s is right, and that of energy with it', async (pue, mean, sd) => {
    const engine = kernel === 'wasm' ? await builtEngine() : REFERENCE_ENGINE;
    const scenario = await scenarioFromSource({ file: 'narrow.yaml', text: text(pue), overrides: {}, datasets: {} });
    const result = await simulateIn(poolOn(callingThread(engine)), scenario, {});
    const named = (metric: string, subject: string, trim = 'none') =>
      meanAndStd(
        seriesOf(result).find((one) => one.metric === metric && one.subject === subject && one.trim === trim)!
          .histogram,
      );
    // Five standard errors of a standard deviation, and what single precision rounds.
    const near = 5 / Math.sqrt(2 * SAMPLES) + 0.01;
    const own = named('pue', 'A');
    expect(Math.abs(own.std / sd - 1)).toBeLessThan(near);
    expect(Math.abs(own.mean / mean - 1)).toBeLessThan((5 * sd) / Math.sqrt(SAMPLES) + 1e-8);
    const energy = named('energy', 'A');
    expect(Math.abs(energy.std / energy.mean / (sd / mean) - 1)).toBeLessThan(near);
    // Of the blend, what lies between its two models comes on top.
    const [a, b] = [named('energy', 'A').mean, named('energy', 'B').mean];
    const pooled = named('energy', 'all').std;
    expect(Math.abs(pooled / Math.hypot(energy.std, (a - b) / 2) - 1)).toBeLessThan(near);
    expect(named('energy', 'all', 'p14-p86').std).toBeGreaterThan(0.9 * Math.hypot(energy.std * 0.4, (a - b) / 2));
  });
});
