// What is said beside energies: shares of parts, energy per token, SCI, and the share of variance between formulas, against closed
// forms. What it cannot see: how a page looks.
import { describe, expect, it } from 'vitest';
import { perOutputToken, sharesOfParts, softwareCarbonIntensity } from '../../src/result/beside-energy.js';
import { sharesBetweenFormulas } from '../../src/result/formula-variance.js';
import { histogramRows } from '../../src/result/rows/histogram.js';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { formulaLines } from '../../src/terminal/formula-lines.js';
import { impactLines } from '../../src/terminal/impact-lines.js';

const TEXT = `
version: 1
name: beside
samples: 20000
node_power_kw: 10
power_utilization: 0.6
pue: { lognormal: { mu: 0.3, sigma: 0.1 } }
input_tokens: 1
output_tokens: 600
regimes: { t: {} }
models: { a: { tps: 2000, active_params_b: 40, total_params_b: 40 } }
formulas: [oviedo, epoch, ecologits]
impact:
  grid: { gco2e_per_kwh: 400, basis: market }
  embodied: { kgco2e_per_node: 7012, lifetime_years: 3, utilization: 0.6 }
`;

const tables = async () => {
  const scenario = await scenarioFromSource({ file: 'b.yaml', text: TEXT, overrides: {}, datasets: {} });
  const series = seriesOf(await simulateHere(scenario, { kernel: 'reference' }));
  return { summary: summaryRows('beside', series), histogram: histogramRows('beside', series) };
};

describe('beside energies', () => {
  it('stand joules per output token and Wh per 1,000 of them, as ratios of means', async () => {
    const { summary } = await tables();
    const mean = summary.find(({ metric }) => metric === 'energy')!.mean!;
    const table = perOutputToken(
      summary.filter(({ formula }) => formula === 'oviedo'),
      't',
    )!;
    expect(table.head).toEqual(['t, mean per output token', 'J', 'Wh per 1,000']);
    expect(Number(table.rows[0][1]) / ((mean * 3600) / 600)).toBeCloseTo(1, 2);
    expect(Number(table.rows[0][2]) / ((mean * 1000) / 600)).toBeCloseTo(1, 2);
  });

  it('stand the shares of parts, which add up, and the SCI with what it includes', async () => {
    const { summary } = await tables();
    const own = summary.filter(({ formula }) => formula === 'oviedo');
    const [[, grid, embodied]] = sharesOfParts(own, 't')!.rows;
    expect(Number.parseFloat(grid) + Number.parseFloat(embodied)).toBeCloseTo(100, 0);
    const carbon = own.find(({ metric }) => metric === 'carbon')!.mean!;
    expect(softwareCarbonIntensity(own, 't', 'market')).toBe(
      `SCI (ISO/IEC 21031), gCO2e per t query: a ${carbon.toPrecision(3)}; facility, scope 2 market-based and scope 3 of the nodes, no offsets`,
    );
    expect(impactLines(own, 't', 'market').join('\n')).toContain('t, shares of means  carbon, grid  carbon, embodied');
  });

  it('lies the share of the variance of ln energy that is between formulas, by the law of total variance', async () => {
    const { summary, histogram } = await tables();
    // Each formula is linear in PUE, so each has its variance, and the means of ln differ as the medians do.
    const lnMedians = ['oviedo', 'epoch', 'ecologits'].map((name) =>
      Math.log(summary.find(({ metric, formula }) => metric === 'energy' && formula === name)!.p50!),
    );
    const center = lnMedians.reduce((sum, one) => sum + one, 0) / 3;
    const between = lnMedians.reduce((sum, one) => sum + (one - center) ** 2, 0) / 3;
    const [{ subject, share }] = sharesBetweenFormulas(histogram);
    expect(subject).toBe('a');
    expect(share).toBeCloseTo(between / (between + 0.01), 2);
    expect(formulaLines({ summary, histogram }, 't')[1]).toMatch(/epoch +ecologits +between them$/);
  });

  it('is no share between formulas where there is one', async () => {
    const { histogram } = await tables();
    expect(sharesBetweenFormulas(histogram.filter(({ formula }) => formula === 'epoch'))).toEqual([]);
  });
});
