// The shipped scenarios against the exact mixture (test/oracle shares no code with src) through the
// built package, on threads. What it cannot see: whether the model itself is right about the world.
import { fileURLToPath } from 'node:url';
import { loadScenario, type RunTables, type SummaryRow, simulate, tablesOf } from 'tokenjoule';
import { beforeAll, describe, expect, it } from 'vitest';
import { needs, tries } from '../needs.js';
import { fleetGwhPerDay } from '../oracle/fleet.js';
import { oracle } from '../oracle/oracle.js';
import { LINE_OF_SIGHT, PATHWAYS, REGIME_MEDIAN, V1, V2 } from '../oracle/presets.js';

/** Two million draws, as published, where minutes are there; with fewer, what is within 1 % then is so within more. */
const SAMPLES = tries(100_000, 2_000_000);
const CLOSE = 0.01 * Math.sqrt(2e6 / SAMPLES);

/** Half-width of the interval that is judged by, in standard errors: one of a thousand rows would miss 3.3 by chance. */
const STANDARD_ERRORS = 4.5;

async function run(name: string, samples: number): Promise<RunTables> {
  const file = fileURLToPath(new URL(`../../scenarios/${name}.yaml`, import.meta.url));
  const scenario = await loadScenario(file, { samples });
  return tablesOf(await simulate(scenario, { workers: 2 }));
}

function row(tables: RunTables, want: Partial<SummaryRow>): SummaryRow {
  const wanted = Object.entries({ pathway: 'baseline', trim: 'none', metric: 'energy', ...want });
  const found = tables.summary.filter((one) => wanted.every(([key, value]) => one[key as keyof SummaryRow] === value));
  expect(found).toHaveLength(1);
  return found[0];
}

/** Within the row's own Monte Carlo error, and within the 1e-4 of its histogram. */
function expectMedian({ p50, p50_ci_low, p50_ci_high }: SummaryRow, exact: number): void {
  const halfWidth = (p50_ci_high! - p50_ci_low!) / 2;
  expect(Math.abs(p50! - exact)).toBeLessThan((halfWidth / 1.96) * STANDARD_ERRORS + 1e-4 * exact);
}

function expectClose(value: number | null, exact: number, relative: number): void {
  expect(Math.abs(value! / exact - 1)).toBeLessThan(relative);
}

const PRESETS = [
  ['oviedo-2026', V2],
  ['oviedo-2025', V1],
] as const;

describe.each(PRESETS.slice(0, tries(1, 2)))('%s', (name, preset) => {
  let tables: RunTables;
  beforeAll(async () => {
    tables = await run(name, SAMPLES);
  });

  describe.each(['traditional', 'test-time-scaling'] as const)('%s queries', (regime) => {
    const exact = oracle({ ...preset, regimeMedian: REGIME_MEDIAN[regime] });
    const blend = exact.blend();

    it('give every model the exact median within its own interval, and mean and quartiles', () => {
      for (const [subject, model] of exact.models) {
        const energy = row(tables, { regime, subject });
        expectMedian(energy, model.quantile(0.5));
        expectClose(energy.mean, model.mean, CLOSE);
        for (const [key, p] of [
          ['p05', 0.05],
          ['p25', 0.25],
          ['p75', 0.75],
          ['p95', 0.95],
        ] as const) {
          expectClose(energy[key], model.quantile(p), CLOSE);
        }
      }
    });

    it('give the blend the exact quartiles, trimmed as published and untrimmed', needs('minutes'), () => {
      for (const [trim, law] of [
        ['none', blend.untrimmed],
        ['p14-p86', blend.trimmed],
      ] as const) {
        const energy = row(tables, { regime, subject: 'frontier', trim });
        expectMedian(energy, law.quantile(0.5));
        expectClose(energy.p25, law.quantile(0.25), CLOSE);
        expectClose(energy.p50, law.quantile(0.5), CLOSE);
        expectClose(energy.p75, law.quantile(0.75), CLOSE);
        expectClose(energy.mean, law.mean, CLOSE);
      }
    });

    it('give every pathway the exact median, trimmed and untrimmed', needs('minutes'), () => {
      for (const [pathway, ranges] of Object.entries(PATHWAYS)) {
        const laws = blend.pathway(ranges);
        expectClose(row(tables, { regime, subject: 'frontier', pathway }).p50, laws.untrimmed.quantile(0.5), CLOSE);
        const trimmed = row(tables, { regime, subject: 'frontier', pathway, trim: 'p14-p86' });
        expectClose(trimmed.p50, laws.trimmed.quantile(0.5), CLOSE);
      }
    });

    it('count the exact shares of zero, capped and extrapolated draws, and the exact quantiles of tokens and tps', () => {
      for (const [subject, model] of exact.models) {
        const share = (metric: string) => row(tables, { regime, subject, metric }).mean!;
        const error = (p: number) => STANDARD_ERRORS * Math.sqrt((p * (1 - p)) / SAMPLES) + 1e-9;
        const { cappedShare, outsideOutputRangeShare } = model.tps;
        expect(Math.abs(share('tps_capped') - cappedShare)).toBeLessThan(error(cappedShare));
        expect(Math.abs(share('tps_extrapolated') - outsideOutputRangeShare)).toBeLessThan(
          error(outsideOutputRangeShare),
        );
        expect(Math.abs(share('energy_zero') - model.mixture.zeroMass)).toBeLessThan(error(model.mixture.zeroMass));
        expect(share('energy_non_finite')).toBe(0);
        expectClose(row(tables, { regime, subject, metric: 'tps' }).p50, model.tps.quantile(0.5), 0.2 * CLOSE);
        expectClose(
          row(tables, { regime, subject, metric: 'output_tokens' }).p75,
          model.outputTokens.quantile(0.75),
          0.5 * CLOSE,
        );
      }
    });
  });

  it('adds the fleet up to the exact totals, inside its own interval', () => {
    const means = {
      traditional: oracle({ ...preset, regimeMedian: REGIME_MEDIAN.traditional }).blend().mean,
      'test-time-scaling': oracle({ ...preset, regimeMedian: REGIME_MEDIAN['test-time-scaling'] }).blend().mean,
    };
    const mixes = { 'traditional-only': [1, 0], 'ten-percent-long': [0.9, 0.1] } as const;
    for (const [mix, [short, long]] of Object.entries(mixes)) {
      for (const improvement of ['none', 'line-of-sight'] as const) {
        const improved = improvement === 'line-of-sight';
        const exact = fleetGwhPerDay(1e9, [
          { meanWh: means.traditional, weight: short, ...(improved && { lineOfSight: LINE_OF_SIGHT.traditional }) },
          {
            meanWh: means['test-time-scaling'],
            weight: long,
            ...(improved && { lineOfSight: LINE_OF_SIGHT['test-time-scaling'] }),
          },
        ]);
        const found = tables.fleet.find((one) => one.mix === mix && one.improvement === improvement)!;
        expectClose(found.gwh_per_day, exact, CLOSE);
        const halfWidth = (found.gwh_high! - found.gwh_low!) / 2;
        expect(Math.abs(found.gwh_per_day! - exact)).toBeLessThan((halfWidth / 1.96) * STANDARD_ERRORS);
      }
    }
  });

  it('reports the draws outside physical bounds: 2.1 % of PUE below 1, 1.9 % of utilisation above 1', () => {
    const of = (variable: string) => tables.inputs.find((one) => one.variable === variable)!;
    expect(of('pue').share_below).toBeCloseTo(0.02138, 3);
    expect(of('power_utilization').share_above).toBeCloseTo(0.0194, 3);
  });
});

describe('the sensitivities', () => {
  it(
    'with coupled utilisation raise the long-query median by 21.8 %, as the exact mixture says',
    needs('minutes'),
    async () => {
      const tables = await run('coupled-utilization', SAMPLES / 2);
      const spec = { ...V2, regimeMedian: REGIME_MEDIAN['test-time-scaling'] };
      const energy = row(tables, { regime: 'test-time-scaling', subject: 'frontier', trim: 'p14-p86' });
      expectMedian(
        energy,
        oracle({ ...spec, coupled: true })
          .blend()
          .trimmed.quantile(0.5),
      );
      expectClose(energy.p50, oracle(spec).blend().trimmed.quantile(0.5) * 1.2183, CLOSE);
    },
  );

  it('with prefill and longer inputs follow the exact mixture', async () => {
    const tables = await run('input-length', SAMPLES / 2);
    const inputs = { traditional: 500, 'traditional-input-1000': 1000, 'traditional-input-5000': 5000 };
    for (const [regime, inputTokens] of Object.entries(inputs)) {
      const exact = oracle({ ...V2, regimeMedian: 300, inputTokens, prefillWeight: 1 / 30 });
      for (const [subject, model] of exact.models) expectMedian(row(tables, { regime, subject }), model.quantile(0.5));
      expectMedian(row(tables, { regime, subject: 'frontier' }), exact.blend().untrimmed.quantile(0.5));
    }
  });

  it(
    'with non-production serving pair every draw: the ratio is that of the throughputs',
    needs('minutes'),
    async () => {
      const tables = await run('non-production', tries(50_000, 200_000));
      for (const regime of ['traditional', 'test-time-scaling'] as const) {
        const exact = oracle({ ...V2, regimeMedian: REGIME_MEDIAN[regime] });
        const published = { 'Mixtral 8x22B': 1177.8, 'Llama 3.1 405B': 579.63 };
        for (const [subject, tps] of Object.entries(published)) {
          const ratio = row(tables, { regime, subject, pathway: 'as-published', metric: 'energy_ratio' });
          expectClose(ratio.p50, exact.model(subject).tps.quantile(0.5) / tps, 0.005);
          const perNode = row(tables, { regime, subject, pathway: 'per-node', metric: 'energy_ratio' });
          expectClose(perNode.p50, ratio.p50! * (subject === 'Llama 3.1 405B' ? 2 : 1), 1e-3);
        }
      }
    },
  );
});
