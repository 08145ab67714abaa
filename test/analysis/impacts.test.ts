// Analyses of what a query causes beside its energy. Oracle: shares of log-variances of a product of lognormals. What it cannot see:
// whether impacts themselves are right (test/model/impact).
import { describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../src/analysis/analyze.js';
import { parseTarget } from '../../src/analysis/target.js';
import type { SensitivityRow } from '../../src/tables/studies.js';
import { sensitivityText } from '../../src/terminal/sensitivity-text.js';
import { SUM_SCENARIO, scenarioOf } from './scenarios.js';

const TEXT = `${SUM_SCENARIO.replace(/input_tokens.*\noutput_tokens.*/, 'input_tokens: 500\noutput_tokens: 3000')}blends: { Both: { models: [One] } }
fleet: { blend: Both, queries_per_day: 1.0e+6, beta: 1, mixes: { all: { traditional: 1 } } }
impact:
  grid: { gco2e_per_kwh: { lognormal: { p5: 200, p95: 600 } } }
  cost: { currency: EUR, price_per_kwh: 0.19, node_hour: { lognormal: { p5: 10, p95: 30 } } }
`;
const OPTIONS: AnalyzeOptions = {
  ...{ method: 'sobol', targets: [], estimator: 'jansen1999', secondOrder: false },
  ...{ resamples: 2, confLevel: 0.95, samples: 2 ** 13, seed: 's' },
};

const analysed = async (metric: 'energy' | 'carbon' | 'water' | 'cost', text = TEXT) =>
  analyze(await scenarioOf(text), { ...OPTIONS, metric });

function totalOf(rows: readonly SensitivityRow[], output: string, parameter: string): number {
  const row = rows.find((one) => one.subject === 'One' && one.output === output && one.parameter === parameter);
  return Number(row?.st);
}

describe('an analysis of an impact', () => {
  it('divides ln carbon between what makes the energy and the grid, as their log-variances are', async () => {
    const rows = await analysed('carbon');
    const variances = { power_utilization: 0.9 / 0.4, pue: 1.6 / 1.05, 'impact.grid.gco2e_per_kwh': 3 };
    const squares = Object.values(variances).map((ratio) => Math.log(ratio) ** 2);
    const all = squares.reduce((sum, one) => sum + one, 0);
    Object.keys(variances).forEach((name, i) => {
      // Sobol points and 8,192 rows: total indices of a sum are right to about 0.005.
      expect(Math.abs(totalOf(rows, 'ln_carbon', name) - squares[i] / all), name).toBeLessThan(0.01);
    });
    expect(new Set(rows.map(({ output, unit }) => `${output}: ${unit}`))).toEqual(
      new Set(['carbon: gCO2e/query', 'ln_carbon: ln(gCO2e/query)']),
    );
  });

  it('has no input of another impact, and energy none of any', async () => {
    const named = (rows: readonly SensitivityRow[]) =>
      rows.map(({ parameter }) => parameter).filter((one) => one.startsWith('impact.'));
    expect(new Set(named(await analysed('carbon')))).toEqual(new Set(['impact.grid.gco2e_per_kwh']));
    expect(new Set(named(await analysed('cost')))).toEqual(new Set(['impact.cost.node_hour']));
    expect(named(await analysed('energy'))).toEqual([]);
  });

  it('is told in the currency of the scenario and in the words of the metric', async () => {
    const scenario = await scenarioOf(TEXT);
    const rows = await analyze(scenario, { ...OPTIONS, metric: 'cost' });
    expect(rows[0]).toMatchObject({ output: 'cost', unit: 'EUR/query' });
    const text = sensitivityText({ scenario, folder: 'out', file: 'sensitivity.arrow', rows }, 'sobol');
    expect(text).toMatch(/^impact\.cost\.node_hour moves the cost of every model and blend most/);
  });

  it('takes limits in its own unit alone', () => {
    expect(parseTarget('P(carbon > 2)', 'carbon')).toEqual({ kind: 'above', text: 'P(carbon > 2)', value: 2 });
    expect(parseTarget('P(energy > 2)', 'carbon')).toBeUndefined();
    expect(parseTarget('P(carbon > 2)')).toBeUndefined();
  });

  it('is refused where the scenario states nothing that makes it', async () => {
    await expect(analysed('water')).rejects.toThrow('sum: impact: states nothing that makes water of energy; add it');
  });
});
