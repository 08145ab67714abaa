// What the page counts for its figures, against a whole run of the engine. That a browser does the same, explorer.test.ts sees.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { type Draw, drawHere } from '../../src/explorer/draw.js';
import { simulateShown, whyNone } from '../../src/explorer/outcome.js';
import { touchesAnEnd, trimmedPool } from '../../src/explorer/trimmed-pool.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { binOf, Histogram } from '../../src/sketch/histogram.js';
import { quantileBins, quantiles, statisticsOf } from '../../src/sketch/statistics.js';
import { shipped } from '../folders.js';

const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95];
const STILL = new AbortController().signal;

/** Counts how often all samples were drawn. */
function counted(draw: Draw) {
  let passes = 0;
  const counting: Draw = (plan, signal) => {
    passes++;
    return draw(plan, signal);
  };
  return { draw: counting, passes: () => passes };
}

async function wholeRun(scenario: ResolvedScenario, subject: string, trim: string) {
  const shown = seriesOf(await simulateHere(scenario, { kernel: 'reference' })).find(
    (series) =>
      series.subject === subject && series.trim === trim && series.metric === 'energy' && series.pathway === 'baseline',
  )!;
  const { p05, p25, p50, p75, p95 } = statisticsOf(shown.histogram, scenario.samples);
  return { p05, p25, p50, p75, p95 };
}

async function ofRegime(name: string, regime: string): Promise<ResolvedScenario> {
  const scenario = await shipped(name, { samples: 5000 });
  return { ...scenario, regimes: scenario.regimes.filter((one) => one.name === regime) };
}

describe('what the page shows', () => {
  test('of a blend are the trimmed quantiles of a whole run, drawn once', async () => {
    for (const [name, regime] of [
      ['oviedo-2026', 'traditional'],
      ['oviedo-2025', 'test-time-scaling'],
      ['coupled-utilization', 'test-time-scaling'],
    ]) {
      const scenario = await ofRegime(name, regime);
      const { draw, passes } = counted(drawHere(REFERENCE_ENGINE));
      const { energy } = await simulateShown(draw, scenario, 'frontier', STILL);
      expect(energy.quantiles).toEqual(await wholeRun(scenario, 'frontier', 'p14-p86'));
      expect(passes()).toBe(1);
    }
  });

  test('of a model are the quantiles of all its draws', async () => {
    const scenario = await ofRegime('oviedo-2026', 'traditional');
    const { energy } = await simulateShown(drawHere(REFERENCE_ENGINE), scenario, 'Mixtral 8x22B', STILL);
    expect(energy.quantiles).toEqual(await wholeRun(scenario, 'Mixtral 8x22B', 'none'));
  });

  test('of a blend with few values are those of a whole run all the same, drawn twice', async () => {
    const scenario = await scenarioFromText(
      `version: 1
name: few
seed: 5
samples: 3000
regimes:
  r: { output_tokens: { empirical: { values: [0, 0, 10, 10, 20, 40] } }, input_tokens: 5, power_utilization: 0.5, pue: 1.2 }
prefill_weight: 0
node_power_kw: 10
models: { x: { tps: 700 }, y: { tps: 900 } }
blends: { both: { models: [x, y] } }
`,
      'few.yaml',
      () => Promise.reject(new Error('it needs no dataset')),
    );
    const { draw, passes } = counted(drawHere(REFERENCE_ENGINE));
    const { energy } = await simulateShown(draw, scenario, 'both', STILL);
    expect(energy.quantiles).toEqual(await wholeRun(scenario, 'both', 'p14-p86'));
    expect(passes()).toBe(2);
  });
});

describe('a trimmed pool', () => {
  const lnValue = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 400 }).map((bin) => (bin + 0.3) / 10_000) },
    { weight: 1, arbitrary: fc.constant(Number.NEGATIVE_INFINITY) },
  );
  const model = fc.record({
    values: fc.array(lnValue, { minLength: 20, maxLength: 150 }),
    low: fc.double({ min: 0, max: 0.5, noNaN: true }),
    high: fc.double({ min: 0.5, max: 1, noNaN: true }),
  });

  test('made of counts has the quantiles of the kept draws themselves, wherever it says that it knows them', () => {
    let known = 0;
    fc.assert(
      fc.property(fc.array(model, { minLength: 1, maxLength: 4 }), (models) => {
        const parts = models.map(({ values, low, high }) => {
          const histogram = new Histogram();
          histogram.add(Float64Array.from(values), values.length);
          const [lowBin, highBin] = quantileBins(histogram, [low, high]);
          return { histogram, lowBin, highBin, values };
        });
        const kept = parts.flatMap(({ values, lowBin, highBin }) =>
          values.filter((value) => binOf(value) >= lowBin && binOf(value) <= highBin),
        );
        const direct = new Histogram();
        direct.add(Float64Array.from(kept), kept.length);
        const pool = trimmedPool(parts, new Histogram(new Uint32Array(0)));
        const bins = quantileBins(pool, PROBABILITIES);
        expect(bins).toEqual(quantileBins(direct, PROBABILITIES));
        if (touchesAnEnd(pool, bins)) return;
        known++;
        expect(quantiles(pool, PROBABILITIES)).toEqual(quantiles(direct, PROBABILITIES));
      }),
      { seed: 14, numRuns: 1000 },
    );
    expect(known).toBeGreaterThan(300);
  });
});

test('a side without a median says why, one with a median says nothing', () => {
  const shown = (p50: number) => ({
    energy: { quantiles: { p05: p50, p25: p50, p50, p75: p50, p95: p50 }, bins: [] },
    trimmed: false,
    members: [],
  });
  expect(whyNone(shown(0.3))).toBe('');
  expect(whyNone(shown(Number.NaN))).toContain('no finite number');
  expect(whyNone(shown(Number.POSITIVE_INFINITY))).toContain('no finite number');
});
