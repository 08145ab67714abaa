// Carbon, water and cost of queries against closed forms, from a scenario's text to the rows of tables, and what is refused.
// What it cannot see: whether the factors that a scenario states are right.
import { describe, expect, it } from 'vitest';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { builtKernel } from '../built-engine.js';

const text = (more: string) =>
  `
version: 1
name: impact
samples: 4096
node_power_kw: 11
power_utilization: 0.6
pue: 1.3
input_tokens: 500
output_tokens: 300
regimes: { t: {} }
throughput: { form: request-cost }
models: { llama: { node_seconds: { per_input_token: 1.17e-4, per_output_token: 1.36e-4, per_context_token: 7.0e-8 } } }
blends: { all: { models: [llama] } }
pathways: { twice: 2 }
${more}
`.replace('throughput: { form: request-cost }\n', '');

const scenarioOf = (more: string) =>
  scenarioFromSource({ file: 'i.yaml', text: text(more), overrides: {}, datasets: {} });

const EMBODIED = 'embodied: { kgco2e_per_node: 7012, lifetime_years: 3, utilization: 0.6 }';

// Llama 405B, 500 in, 300 out: the request-cost example of the field, worked out apart.
const NODE_SECONDS = 1.17e-4 * 500 + 1.36e-4 * 300 + 7e-8 * 300 * 650;
const ENERGY_WH = (1.3 * 11 * 0.6 * NODE_SECONDS) / 3.6;
const EMBODIED_G = (NODE_SECONDS * 7_012_000) / (3 * 365 * 24 * 3600 * 0.6);

describe.each(['reference', 'wasm'] as const)('the %s engine', (engine) => {
  const rowsOf = async (more: string) => {
    const result = await simulateHere(await scenarioOf(more), {
      kernel: engine === 'wasm' ? await builtKernel() : engine,
    });
    const rows = summaryRows('impact', seriesOf(result));
    const find = (metric: string, names: Readonly<Record<string, string>> = {}) => {
      const wanted = { metric, subject: 'llama', pathway: 'baseline', trim: 'none', ...names };
      return rows.find((row) => Object.entries(wanted).every(([key, value]) => row[key as keyof typeof row] === value));
    };
    return { rows, find, mean: (metric: string, names = {}) => find(metric, names)?.mean ?? Number.NaN };
  };

  it('counts emissions of electricity and of making the node, with an embodied share of 12 % at 400 g/kWh and half at 50', async () => {
    for (const [g, share] of [
      [400, 0.12],
      [50, 0.52],
    ]) {
      const { mean, find } = await rowsOf(`impact: { grid: { gco2e_per_kwh: ${g} }, ${EMBODIED} }`);
      expect(mean('energy')).toBeCloseTo(ENERGY_WH, 6);
      expect(mean('carbon_grid')).toBeCloseTo((ENERGY_WH * g) / 1000, 6);
      expect(mean('carbon_embodied')).toBeCloseTo(EMBODIED_G, 6);
      expect(mean('carbon')).toBeCloseTo(mean('carbon_grid') + mean('carbon_embodied'), 6);
      expect(mean('carbon_embodied') / mean('carbon')).toBeCloseTo(share, 1);
      expect(find('carbon')?.unit).toBe('gCO2e/query');
    }
  });

  it('tells no parts of an impact that has one, and no impact of which nothing is stated', async () => {
    const { rows } = await rowsOf('impact: { grid: { gco2e_per_kwh: 400 } }');
    const metrics = new Set(rows.map(({ metric }) => metric).filter((one) => /carbon|water|cost/.test(one)));
    expect([...metrics]).toEqual(['carbon']);
  });

  it('counts water of the site per kWh of its servers and water of the grid per kWh of the facility', async () => {
    const { mean } = await rowsOf('impact: { water: { wue_site_l_per_kwh: 0.3, wue_grid_l_per_kwh: 4.35 } }');
    expect(mean('water_site')).toBeCloseTo((ENERGY_WH / 1.3) * 0.3, 6);
    expect(mean('water_grid')).toBeCloseTo(ENERGY_WH * 4.35, 6);
    // Li et al.: energy of the servers times (site + PUE times grid).
    expect(mean('water')).toBeCloseTo((ENERGY_WH / 1.3) * (0.3 + 1.3 * 4.35), 6);
  });

  it('counts the price of electricity and of the hours of nodes in the currency that the scenario states', async () => {
    const { mean, find } = await rowsOf('impact: { cost: { currency: EUR, price_per_kwh: 0.19, node_hour: 18.8 } }');
    expect(mean('cost_energy')).toBeCloseTo((ENERGY_WH * 0.19) / 1000, 9);
    expect(mean('cost_node')).toBeCloseTo((NODE_SECONDS * 18.8) / 3600, 9);
    expect(mean('cost')).toBeCloseTo(mean('cost_energy') + mean('cost_node'), 9);
    expect(find('cost', { subject: 'all', pathway: 'twice' })?.unit).toBe('EUR/query');
  });

  it('pools impacts into blends, with pathways that divide them as they divide energy', async () => {
    const { mean } = await rowsOf(`impact: { grid: { gco2e_per_kwh: 400 }, ${EMBODIED} }`);
    expect(mean('carbon', { subject: 'all' })).toBeCloseTo(mean('carbon'), 6);
    expect(mean('carbon', { subject: 'all', pathway: 'twice' })).toBeCloseTo(mean('carbon') / 2, 6);
  });

  it('is linear in the intensity of the grid, draw by draw', async () => {
    const of = (scale: number) =>
      `impact: { grid: { gco2e_per_kwh: { uniform: { min: ${scale * 100}, max: ${scale * 300} } } } }`;
    const [once, thrice] = [await rowsOf(of(1)), await rowsOf(of(3))];
    for (const quantile of ['p05', 'p50', 'p95'] as const)
      expect(thrice.find('carbon')![quantile]! / once.find('carbon')![quantile]!).toBeCloseTo(3, 2);
    expect(once.mean('carbon')).toBeCloseTo((ENERGY_WH * 200) / 1000, 2);
  });

  it('takes a region’s year as its median, with the 6 % by which releases of the table differ, and its water', async () => {
    const { find, mean } = await rowsOf(
      'impact: { grid: { region: SWE, year: 2024 }, water: { wue_site_l_per_kwh: 0.09 } }',
    );
    expect(find('carbon')!.p50! / ((ENERGY_WH * 34.91) / 1000)).toBeCloseTo(1, 2);
    expect(Math.log(find('carbon')!.p95! / find('carbon')!.p05!) / (2 * 1.645)).toBeCloseTo(0.06, 2);
    expect(mean('water_grid')).toBeCloseTo(ENERGY_WH * 6.0315, 4);
  });

  it('lets a query fall into any hour of a list', async () => {
    const hourly = Array.from({ length: 24 }, (_, hour) => 100 + 10 * hour);
    const { find, mean } = await rowsOf(`impact: { grid: { hourly: [${hourly.join(', ')}], basis: marginal } }`);
    expect(mean('carbon') / ((ENERGY_WH * 215) / 1000)).toBeCloseTo(1, 1);
    expect(find('carbon')!.p95! / ((ENERGY_WH * 320) / 1000)).toBeCloseTo(1, 1);
  });
});

it('says which region and year the number of the grid is of', async () => {
  const { warnings, impact } = await scenarioOf('impact: { grid: { region: FRA } }');
  expect(warnings).toContain(
    'grid: FRA (France) had 41.44 gCO2e/kWh in 2025, location-based (grid-carbon.csv); its releases differ by 6 %, which is drawn',
  );
  expect(impact?.basis).toBe('location');
});

const grid = 'grid: { gco2e_per_kwh: 400 }';

it.each([
  ['grid: { region: SWF }', 'impact.grid.region: no region has the code "SWF"; nearest: SWE (Sweden), SWZ (Eswatini)'],
  ['grid: { region: Sweden }', 'impact.grid.region: no region has the code "Sweden"; nearest: SWE (Sweden)'],
  ['grid: { region: SWE, year: 2019 }', 'impact.grid.region: SWE (Sweden) has 2025, 2024, 2023; found 2019'],
  [
    'grid: { year: 2024, gco2e_per_kwh: 5 }',
    'impact.grid.year: is the year of a region; state region, or leave it out',
  ],
  ['grid: { region: SWE, gco2e_per_kwh: 5 }', 'impact.grid: state one of gco2e_per_kwh, region and hourly'],
  ['grid: { basis: market }', 'impact.grid: state one of gco2e_per_kwh, region and hourly'],
  [
    'grid: { region: SWE, basis: market }',
    'impact.grid.basis: regions are location-based; state the market number as gco2e_per_kwh or hourly instead',
  ],
  [
    'grid: { gco2e_per_kwh: 5, basis: average }',
    'impact.grid.basis: expected location, market or marginal; found the text "average"',
  ],
  [
    'grid: { hourly: [1, 2, 3] }',
    'impact.grid.hourly: expected a list of 24 or 168 numbers, the first from 00:00 UTC (of Monday) on; found a list of 3',
  ],
  ['grid: { gco2e_per_kwh: 400000 }', 'grams per MWh? 400000 g per MWh are 400 g per kWh'],
  ['cost: { currency: EUR, price_per_kwh: -0.1 }', 'impact.cost.price_per_kwh: must be at least 0; found -0.1'],
  ['cost: { currency: EUR }', 'impact.cost: has no price; state price_per_kwh, node_hour or both'],
  [
    'cost: { currency: euro, price_per_kwh: 0.1 }',
    'impact.cost.currency: expected three capital letters such as EUR; found the text "euro"',
  ],
  [
    'cost: { price_per_kwh: 0.1 }',
    'impact.cost: currency is missing: Currency of the prices, three letters (ISO 4217).',
  ],
  [`${EMBODIED}`, 'impact.embodied: is one part of carbon and would pass for all of it; state grid beside it'],
  [
    `${grid}, embodied: { kgco2e_per_node: 7000000, lifetime_years: 3, utilization: 0.6 }`,
    'grams? 7000000 g are 7000 kg',
  ],
  [
    `${grid}, embodied: { kgco2e_per_node: 7012, lifetime_years: 36, utilization: 0.6 }`,
    'months? 36 months are 3 years',
  ],
  [`${grid}, embodied: { kgco2e_per_node: 7012, lifetime_years: 3, utilization: 60 }`, '60 % is 0.6'],
  ['water: { wue_site_l_per_kwh: 300 }', 'millilitres? 300 mL are 0.3 L'],
])('refuses impact { %s }', async (written, message) => {
  await expect(scenarioOf(`impact: { ${written} }`)).rejects.toThrow(message);
});
