// Expectations fail on real moves and not on other draws. How often the intervals cover the truth is counted on the paper's
// energy, 200 seeds against one large run; other shapes of distributions are not tried.

import { beforeAll, describe, expect, test } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { estimateOf, ratioOf } from '../../src/expect/estimate.js';
import { judge, type Reference } from '../../src/expect/judge.js';
import { EXPECTED_METRICS, INPUT_NAMES } from '../../src/model/quantities.js';
import { loadScenario } from '../../src/scenario/load.js';
import type { Expectation, ResolvedScenario, Statistic } from '../../src/scenario/resolved.js';
import { cellsRunner } from '../../src/simulate/run-cells.js';
import type { SummaryRow } from '../../src/tables/schema.js';
import { failureText } from '../../src/terminal/verdict-text.js';

const PAPER = 'scenarios/oviedo-2026.yaml';
const SMALL = ['models={Llama 3.1 405B: {}, DeepSeek-R1: {}}', 'blends={frontier: {highest_median_energy: 2}}'];

async function scenarioOf(samples: number, seed: string): Promise<ResolvedScenario> {
  const { fleet, published, ...scenario } = await loadScenario(PAPER, { samples, seed, set: SMALL });
  return { ...scenario, pathways: [], regimes: scenario.regimes.slice(0, 1) };
}

const headline = (rows: readonly SummaryRow[], trim = 'none') =>
  rows.find((row) => row.subject === 'frontier' && row.metric === 'energy' && row.trim === trim)!;

const STATISTICS: readonly Statistic[] = ['mean', 'p05', 'p25', 'p50', 'p75', 'p95', 'iqr'];
const SEEDS = 200;
const SAMPLES = 2000;

describe('over 200 seeds', () => {
  let truth: readonly SummaryRow[];
  let runs: readonly (readonly SummaryRow[])[];
  beforeAll(async () => {
    [truth] = await cellsRunner(REFERENCE_ENGINE)([await scenarioOf(2_000_000, 'truth')]);
    const base = await scenarioOf(SAMPLES, 'any');
    runs = await cellsRunner(REFERENCE_ENGINE)(
      Array.from({ length: SEEDS }, (_, i) => ({ ...base, seed: `seed ${i}` })),
    );
  }, 300_000);

  test.each(STATISTICS)('the interval of %s covers the truth at least as often as it says', (statistic) => {
    for (const trim of ['none', 'p14-p86']) {
      const value = headline(truth, trim)[statistic]!;
      const covered = runs.filter((rows) => {
        const { low, high } = estimateOf(headline(rows, trim), statistic, SAMPLES);
        return low <= value && value <= high;
      }).length;
      // 95 % less three standard errors of 200 trials.
      expect(covered / SEEDS).toBeGreaterThan(0.904);
    }
  });

  test('a bound 3 % below the median fails no run of few draws, and fails the one of many', () => {
    const bound = { metric: 'energy', statistic: 'p50', pathway: 'baseline', trim: 'none' } as const;
    const high = headline(truth).p50! * 0.97;
    const scenario = { blends: [{}], expect: [{ ...bound, high }] } as unknown as ResolvedScenario;
    const failing = (rows: readonly SummaryRow[], samples: number) =>
      judge({ ...scenario, samples }, { summary: rows }, () => undefined).some(({ holds }) => !holds);
    expect(runs.filter((rows) => failing(rows, SAMPLES)).length / SEEDS).toBeLessThan(0.5);
    expect(failing(truth, 2_000_000)).toBe(true);
  });

  test('the ratio of two runs with other seeds covers 1', () => {
    const estimates = runs.map((rows) => estimateOf(headline(rows), 'p50', SAMPLES));
    const covered = estimates.slice(1).filter((one, i) => {
      const { low, high } = ratioOf(one, estimates[i]);
      return low <= 1 && 1 <= high;
    }).length;
    expect(covered / (SEEDS - 1)).toBeGreaterThan(0.9);
  });
});

const row = (changes: Partial<SummaryRow>): SummaryRow => ({
  scenario: 'night',
  regime: 'traditional',
  subject_kind: 'blend',
  subject: 'frontier',
  pathway: 'baseline',
  trim: 'none',
  metric: 'energy',
  unit: 'Wh/query',
  n: 1000,
  mean: 0.4,
  std: 0.1,
  formula: 'oviedo',
  boundary: 'facility',
  p05: 0.1,
  p25: 0.2,
  p50: 0.35,
  p75: 0.5,
  p95: 0.9,
  iqr: 0.3,
  p50_ci_low: 0.34,
  p50_ci_high: 0.36,
  mean_low: 0.39,
  mean_high: 0.41,
  ...changes,
});

const expectation = (changes: Partial<Expectation>): Expectation => ({
  metric: 'energy',
  statistic: 'p50',
  pathway: 'baseline',
  trim: 'none',
  ...changes,
});

function verdicts(one: Expectation, rows: readonly SummaryRow[], reference?: Reference) {
  const scenario = { samples: 1000, blends: [{}], expect: [one] } as unknown as ResolvedScenario;
  return judge(scenario, { summary: rows }, () => reference);
}

test('a statistic fails only when its whole interval is outside the bounds', () => {
  const holds = (low?: number, high?: number) =>
    verdicts(expectation({ ...(low !== undefined && { low }), ...(high !== undefined && { high }) }), [row({})])[0]
      .holds;
  expect(holds(0.3, 0.4)).toBe(true);
  expect(holds(0.3, 0.345)).toBe(true);
  expect(holds(0.3, 0.339)).toBe(false);
  expect(holds(0.355)).toBe(true);
  expect(holds(0.361)).toBe(false);
  expect(holds(undefined, 0.339)).toBe(false);
});

test('without a subject the blends are meant, and every one of them', () => {
  const rows = [
    row({}),
    row({ subject: 'open', p50_ci_low: 1, p50_ci_high: 2 }),
    row({ subject_kind: 'model', subject: 'M' }),
  ];
  expect(verdicts(expectation({ high: 0.5 }), rows).map(({ row, holds }) => [row?.subject, holds])).toEqual([
    ['frontier', true],
    ['open', false],
  ]);
  expect(verdicts(expectation({ high: 0.5, subject: 'M' }), rows).map(({ row }) => row?.subject)).toEqual(['M']);
});

test('an expectation about nothing fails, and so does one without a number', () => {
  expect(verdicts(expectation({ high: 1, regime: 'other' }), [row({})])[0].holds).toBe(false);
  const none = row({ p50: null, p50_ci_low: null, p50_ci_high: null });
  expect(verdicts(expectation({ high: 1 }), [none])[0].holds).toBe(false);
});

test('a ratio to an earlier result is of the same row, and its interval has the errors of both', () => {
  const reference = {
    samples: 1000,
    summary: [row({ subject: 'other' }), row({ p50: 0.3, p50_ci_low: 0.29, p50_ci_high: 0.31 })],
  };
  const [verdict] = verdicts(expectation({ high: 1.05, ratio_to: 'night' }), [row({})], reference);
  expect(verdict.found.value).toBeCloseTo(0.35 / 0.3, 12);
  // Half-widths in ln: 0.02858 of ours, 0.03335 of the earlier one, together 0.04392.
  expect(verdict.found.low).toBeCloseTo((0.35 / 0.3) * Math.exp(-0.04392), 4);
  expect(verdict.holds).toBe(false);
  expect(failureText('night', verdict)).toBe(
    [
      'night: expectation failed: energy.p50, traditional, frontier',
      '  expected  at most 1.050 × night',
      '  found     1.167 × night (95 % interval of its Monte Carlo error 1.117–1.219), 11 % above 1.050',
    ].join('\n'),
  );
  const missing = verdicts(expectation({ high: 1.05, ratio_to: 'night' }), [row({ subject: 'new' })], reference)[0];
  expect(missing.holds).toBe(false);
  expect(failureText('night', missing)).toContain('no such row in the earlier result');
});

test('every metric with a unit can be expected of, and no other', () => {
  expect(EXPECTED_METRICS).toEqual(expect.arrayContaining([...INPUT_NAMES, 'energy', 'energy_ratio', 'tps']));
});

test('below eight draws nothing has an interval, so an expectation about it fails and says why', () => {
  const few = row({ n: 3, p50_ci_low: null, p50_ci_high: null });
  const scenario = (one: Expectation) => ({ samples: 3, blends: [{}], expect: [one] }) as unknown as ResolvedScenario;
  for (const statistic of ['p50', 'mean', 'p05', 'iqr'] as const) {
    const [verdict] = judge(scenario(expectation({ statistic, low: 0, high: 9 })), { summary: [few] }, () => undefined);
    expect([verdict.holds, verdict.found.low, verdict.found.high], statistic).toEqual([false, Number.NaN, Number.NaN]);
    expect(failureText('small', verdict)).toMatch(/too few draws to be judged: below 8 .* take more samples/);
  }
  const earlier = { samples: 3, summary: [few] };
  expect(verdicts(expectation({ high: 9, ratio_to: 'night' }), [row({})], earlier)[0].holds).toBe(false);
});
