// What the page shows in its figures, against a whole run of the engine. That a browser does the same, explorer.test.ts sees.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { type Draw, drawHere } from '../../src/explorer/draw.js';
import { integrateShown } from '../../src/explorer/integrated-outcome.js';
import { type Distribution, shownPart, simulateShown, whyNone } from '../../src/explorer/outcome.js';
import { touchesAnEnd, trimmedPool } from '../../src/explorer/trimmed-pool.js';
import { LawMemory } from '../../src/kernel/integration/law-memory.js';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { binOf, Histogram } from '../../src/sketch/histogram.js';
import { quantileBins, quantiles } from '../../src/sketch/statistics.js';
import { shipped } from '../folders.js';
import { needs } from '../needs.js';

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

interface Which {
  readonly regime: string;
  readonly subject: string;
  readonly trim: string;
}

async function wholeRun(scenario: ResolvedScenario, { regime, subject, trim }: Which) {
  const run = await simulateHere(scenario, { kernel: 'reference' });
  const { p05, p25, p50, p75, p95, mean } = summaryRows(scenario.name, seriesOf(run)).find(
    (row) =>
      row.regime === regime &&
      row.subject === subject &&
      row.trim === trim &&
      row.metric === 'energy' &&
      row.pathway === 'baseline',
  )!;
  return { p05, p25, p50, p75, p95, mean };
}

const numbersOf = ({ quantiles, mean }: Distribution) => ({ ...quantiles, mean });

/** A few models whose blend states nothing published, with whatever is added. */
const own = (added: string, tokens = '{ exponential: { median: 300 } }') =>
  scenarioFromText(
    `version: 1
name: few
seed: 5
samples: 3000
regimes:
  r: { output_tokens: ${tokens}, input_tokens: 5, power_utilization: 0.5, pue: 1.2 }
prefill_weight: 0
node_power_kw: 10
models: { x: { tps: { uniform: { min: 600, max: 900 } } }, y: { tps: 900 } }
blends: { both: { models: [x, y] } }
${added}`,
    'few.yaml',
    () => Promise.reject(new Error('it needs no dataset')),
  );

const PUBLISHED = 'published: { source: a paper, energy: [{ regime: r, subject: both, trim: p14-p86, p50: 1 }] }';

describe('what the page shows', () => {
  test(
    'of a blend with published figures are the trimmed numbers of a whole run, drawn once',
    needs('minutes'),
    async () => {
      for (const [name, regime] of [
        ['oviedo-2026', 'traditional'],
        ['oviedo-2025', 'test-time-scaling'],
      ]) {
        const scenario = await shipped(name, { samples: 5000 });
        const { draw, passes } = counted(drawHere(REFERENCE_ENGINE));
        const { energy, trim } = await simulateShown(draw, shownPart(scenario, regime, 'frontier'), STILL);
        const { mean, ...quantiles } = await wholeRun(scenario, { regime, subject: 'frontier', trim });
        expect(energy.quantiles).toEqual(quantiles);
        // Of the lowest and highest bin that a trim keeps, the page knows where it lies, and not its draws.
        expect(energy.mean / mean!).toBeCloseTo(1, 6);
        expect(trim).toBe('p14-p86');
        expect(passes()).toBe(1);
      }
    },
  );

  test('of a blend under load, or whose utilisation follows throughput, are those of a whole run', async () => {
    for (const [name, regime] of [
      ['azure-week', 'traditional'],
      ['coupled-utilization', 'test-time-scaling'],
    ]) {
      const scenario = await shipped(name, { samples: 3000 });
      const { energy, trim } = await simulateShown(
        drawHere(REFERENCE_ENGINE),
        shownPart(scenario, regime, 'frontier'),
        STILL,
      );
      expect(numbersOf(energy)).toEqual(await wholeRun(scenario, { regime, subject: 'frontier', trim }));
    }
  });

  test('of a blend without published figures are those of all its draws', async () => {
    const scenario = await own('');
    const { draw, passes } = counted(drawHere(REFERENCE_ENGINE));
    const { energy, trim } = await simulateShown(draw, shownPart(scenario, 'r', 'both'), STILL);
    expect(trim).toBe('none');
    expect(numbersOf(energy)).toEqual(await wholeRun(scenario, { regime: 'r', subject: 'both', trim: 'none' }));
    expect(passes()).toBe(1);
  });

  test('of a model are the numbers of all its draws', async () => {
    const scenario = await shipped('oviedo-2026', { samples: 5000 });
    const part = shownPart(scenario, 'traditional', 'Mixtral 8x22B');
    const { energy } = await simulateShown(drawHere(REFERENCE_ENGINE), part, STILL);
    const which = { regime: 'traditional', subject: 'Mixtral 8x22B', trim: 'none' };
    expect(numbersOf(energy)).toEqual(await wholeRun(scenario, which));
  });

  test('of a blend with few values are those of a whole run all the same, drawn twice', async () => {
    const scenario = await own(PUBLISHED, '{ empirical: { values: [0, 0, 10, 10, 20, 40] } }');
    const { draw, passes } = counted(drawHere(REFERENCE_ENGINE));
    const { energy } = await simulateShown(draw, shownPart(scenario, 'r', 'both'), STILL);
    expect(numbersOf(energy)).toEqual(await wholeRun(scenario, { regime: 'r', subject: 'both', trim: 'p14-p86' }));
    expect(passes()).toBe(2);
  });
});

describe('what the page integrates', () => {
  test('is what a run with sampler exact integrates, of blends and models', async () => {
    const scenario = await shipped('oviedo-2026', { samples: 5000 });
    const exact = { ...scenario, sampler: 'exact' } as const;
    for (const subject of ['frontier', 'Llama 3.1 70B']) {
      const found = await integrateShown(shownPart(scenario, 'test-time-scaling', subject), new LawMemory());
      const trim = subject === 'frontier' ? 'p14-p86' : 'none';
      const which = { regime: 'test-time-scaling', subject, trim };
      // Steps that all of a run's distributions share may be finer than what one of them needs.
      for (const [name, value] of Object.entries(await wholeRun(exact, which)))
        expect(Reflect.get(numbersOf(found!.energy), name) / value!).toBeCloseTo(1, 10);
      expect(found?.samples).toBe(0);
    }
  });

  test('is nothing where inputs meet in a sum, or are correlated', async () => {
    const tokens =
      'regimes: { r: { output_tokens: { exponential: { median: 300 } }, input_tokens: { exponential: { median: 300 } }, power_utilization: { uniform: { min: 0.4, max: 0.9 } }, pue: 1.2 } }';
    const text = (added: string) => `version: 1
name: few
seed: 5
samples: 3000
node_power_kw: 10
models: { x: { tps: 900 } }
${tokens}
${added}`;
    const none = () => Promise.reject(new Error('it needs no dataset'));
    for (const added of ['prefill_weight: 0.1', 'correlation: { output_tokens: { power_utilization: 0.5 } }']) {
      const scenario = await scenarioFromText(text(added), 'few.yaml', none);
      expect(await integrateShown(shownPart(scenario, 'r', 'x'), new LawMemory())).toBeUndefined();
    }
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
    energy: { quantiles: { p05: p50, p25: p50, p50, p75: p50, p95: p50 }, mean: p50, bins: [] },
    trim: 'none' as const,
    members: [],
    samples: 1,
  });
  expect(whyNone(shown(0.3))).toBe('');
  expect(whyNone(shown(Number.NaN))).toContain('no finite number');
  expect(whyNone(shown(Number.POSITIVE_INFINITY))).toContain('no finite number');
});
