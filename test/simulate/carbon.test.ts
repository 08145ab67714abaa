// Emissions from a stated grid intensity, from a scenario's text to the rows of tables, on both engines. What it cannot see: whether
// an intensity is right.
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/expect/judge.js';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { builtKernel } from '../built-engine.js';

const scenarioOf = (intensity: string, more = '') =>
  scenarioFromSource({
    file: 'c.yaml',
    text: `
version: 1
name: carbon
samples: 20000
node_power_kw: 10
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: 1.2
input_tokens: 1000
output_tokens: 300
models: { a: { tps: 2000 }, b: { tps: 1000 } }
regimes: { t: {} }
blends: { both: { models: [a, b] } }
pathways: { model: 4 }
${intensity === '' ? '' : `impact: { grid: { gco2e_per_kwh: ${intensity} } }`}
${more}
`,
    overrides: {},
    datasets: {},
  });

describe.each(['reference', 'wasm'] as const)('the %s engine', (name) => {
  const rowsOf = async (scenario: ResolvedScenario) => {
    const kernel = name === 'wasm' ? await builtKernel() : name;
    return summaryRows('carbon', seriesOf(await simulateHere(scenario, { kernel })));
  };

  it('gives energy times a constant intensity for models, blends, trims and pathways', async () => {
    const rows = await rowsOf(await scenarioOf('400'));
    const energies = rows.filter(({ metric }) => metric === 'energy');
    const carbons = rows.filter(({ metric }) => metric === 'carbon');
    expect(carbons).toHaveLength(energies.length);
    carbons.forEach((carbon, i) => {
      expect(carbon).toMatchObject({ subject: energies[i].subject, pathway: energies[i].pathway, unit: 'gCO2e/query' });
      // A quantile is known to its bin, 1e-4; means to less.
      expect(carbon.p50! / (energies[i].p50! * 0.4)).toBeCloseTo(1, 3);
      expect(carbon.mean! / (energies[i].mean! * 0.4)).toBeCloseTo(1, 4);
    });
  });

  it('is linear in the intensity, and adds its spread to that of energy', async () => {
    const [one, two] = await Promise.all(['100', '200'].map(async (g) => rowsOf(await scenarioOf(g))));
    const carbon = (rows: typeof one) => rows.find((row) => row.metric === 'carbon' && row.subject === 'a')!;
    expect(carbon(two).p50! / carbon(one).p50!).toBeCloseTo(2, 3);
    const spread = carbon(await rowsOf(await scenarioOf('{ lognormal: { median: 100, p95: 150 } }')));
    // ln carbon is a sum of two normals: (ln 0.9 − ln 0.4) / (2 · 1.645) and ln 1.5 / 1.645.
    const sigma = Math.hypot(Math.log(0.9 / 0.4) / 3.289707, Math.log(1.5) / 1.644854);
    expect(Math.log(spread.p75! / spread.p25!) / (2 * 0.67449)).toBeCloseTo(sigma, 1);
  });

  it('leaves every other row as it is without an intensity', async () => {
    const alone = await rowsOf(await scenarioOf(''));
    const beside = await rowsOf(await scenarioOf('400'));
    expect(beside.filter(({ metric }) => metric !== 'carbon')).toEqual(alone);
  });
});

it('an expectation of carbon holds or fails as one of energy', async () => {
  const scenario = await scenarioOf('400', 'expect: { carbon.p50: { below: 0.0001 } }');
  const rows = summaryRows('carbon', seriesOf(await simulateHere(scenario)));
  expect(judge(scenario, { summary: rows }, () => undefined).map(({ holds }) => holds)).toEqual([false]);
});

it('an intensity per MWh is refused with what it is per kWh', async () => {
  await expect(scenarioOf('40000')).rejects.toThrow(
    'impact.grid.gco2e_per_kwh: must lie between 0 and 3000 gCO2e/kWh; found 40000 (grams per MWh? 40000 g per MWh are 40 g per kWh)',
  );
});
