// Trims of blends whose energies are few values: each model keeps its equal weight, 72 % of its draws, ties shared by rank, in both
// engines. The expected counts and means are worked out by hand from the ranks P14 and P86. What it cannot see: trims of smooth
// energies, which test/oracle holds to the published quartiles.
import { describe, expect, it } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { keptBins } from '../../src/plan/trim.js';
import type { Result } from '../../src/result/result.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateIn } from '../../src/simulate/simulate.js';
import { Histogram, type HistogramData } from '../../src/sketch/histogram.js';
import { coarseBins, meanAndStd } from '../../src/sketch/statistics.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { builtEngine } from '../built-engine.js';

const SAMPLES = 40_000;

const text = (models: string, tokens: string) => `
version: 1
name: ties
seed: ties
samples: ${SAMPLES}
node_power_kw: 3.6
power_utilization: 1
pue: 1
input_tokens: 100
models: ${models}
regimes: { t: { output_tokens: ${tokens} } }
blends: { all: { models: [A, B] } }
pathways: { half: { lognormal: { p5: 1.5, p95: 3 } } }
`;

const FOUR = '{ empirical: { values: [100, 200, 400, 800], weights: [1, 1, 1, 1] } }';

async function drawn(kernel: 'reference' | 'wasm', models: string, tokens: string): Promise<Result> {
  const engine = kernel === 'wasm' ? await builtEngine() : REFERENCE_ENGINE;
  const source = { file: 'ties.yaml', text: text(models, tokens), overrides: {}, datasets: {} };
  return simulateIn(poolOn(callingThread(engine)), await scenarioFromSource(source), {});
}

function trimmed(result: Result, pathway = 'baseline'): HistogramData {
  return seriesOf(result).find((one) => one.trim === 'p14-p86' && one.pathway === pathway)!.histogram;
}

/** Draws near a value, Wh. */
const drawsAt = (histogram: HistogramData, value: number) =>
  coarseBins(histogram, 1)
    .filter(({ low, high }) => low <= value * 1.0001 && high >= value * 0.9999)
    .reduce((sum, { count }) => sum + count, 0);

describe.each(['reference', 'wasm'] as const)('with the %s kernel', (kernel) => {
  it('each model keeps 72 % of its draws, and of the values at the cuts their share', async () => {
    // Energy in Wh is tokens / tps; B is 100 times as fast, so that no value is both models'.
    const result = await drawn(kernel, '{ A: { tps: 1 }, B: { tps: 100 } }', FOUR);
    const kept = trimmed(result);
    for (const tps of [1, 100]) {
      for (const [tokens, share] of [
        [100, 0.11],
        [200, 0.25],
        [400, 0.25],
        [800, 0.11],
      ]) {
        expect(Math.abs(drawsAt(kept, tokens / tps) / SAMPLES - share)).toBeLessThan(0.008);
      }
      const all = [100, 200, 400, 800].reduce((sum, tokens) => sum + drawsAt(kept, tokens / tps), 0);
      expect(Math.abs(all / SAMPLES - 0.72)).toBeLessThan(0.0005);
    }
    const exact = ((11 * 100 + 25 * 200 + 25 * 400 + 11 * 800) / 72) * ((1 + 1 / 100) / 2);
    expect(meanAndStd(kept).mean / exact).toBeCloseTo(1, 2);
    // Divided by a pathway, whose draws are others: the same weights.
    const ratio = meanAndStd(kept).mean / meanAndStd(trimmed(result, 'half')).mean;
    const sigma = Math.log(2) / 2 / 1.645;
    expect(ratio / (Math.sqrt(4.5) * Math.exp(-(sigma ** 2) / 2))).toBeCloseTo(1, 2);
  });

  it('a model of one energy keeps as many draws as one whose energies are all different', async () => {
    const result = await drawn(kernel, '{ A: { tps: 1 }, B: { tps: { lognormal: { p5: 50, p95: 200 } } } }', '100');
    const kept = trimmed(result);
    expect(Math.abs(drawsAt(kept, 100) / SAMPLES - 0.72)).toBeLessThan(0.0005);
    const others = coarseBins(kept, 1).reduce((sum, { count }) => sum + count, 0) - drawsAt(kept, 100);
    expect(Math.abs(others / SAMPLES - 0.72)).toBeLessThan(0.001);
  });

  it('keeps of draws of no energy those within the ranks', async () => {
    const half = '{ empirical: { values: [0, 100], weights: [1, 1] } }';
    const kept = trimmed(await drawn(kernel, '{ A: { tps: 1 }, B: { tps: 100 } }', half));
    expect(Math.abs(kept.zeros / (2 * SAMPLES) - 0.36)).toBeLessThan(0.006);
    expect(Math.abs(drawsAt(kept, 100) / SAMPLES - 0.36)).toBeLessThan(0.006);
  });
});

it('keeps bins whole that hold few of many draws, so that smooth energies are trimmed as ever', () => {
  const histogram = new Histogram();
  histogram.add(
    Float64Array.from({ length: 50_000 }, (_, i) => i / 10_000),
    50_000,
  );
  expect(keptBins(histogram)).toEqual({ lowBin: expect.any(Number), highBin: expect.any(Number) });
});
