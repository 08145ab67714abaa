// Load through the week, from a scenario's text to the rows of tables. What it cannot see: whether the profiles are right, and the
// arithmetic of hours, which test/model judges.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import {
  type ProfileRow,
  SHIPPED_LOADS,
  SHIPPED_PROFILES,
  shippedProfile,
} from '../../src/model/load/shipped-profiles.js';
import { loadRows } from '../../src/result/rows/load.js';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { builtKernel } from '../built-engine.js';

const textOf = (load: string, fleet = '') => `
version: 1
name: week
samples: 8192
node_power_kw: 10
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: 1.2
input_tokens: 1000
output_tokens: 300
models: { a: { tps: 2000 }, b: { node_seconds: { per_input_token: 1.2e-4, per_output_token: 1.3e-4 } } }
regimes: { t: {} }
blends: { both: { models: [a, b] } }
pathways: { model: 4 }
${load === '' ? '' : `load: ${load}`}
${fleet}
`;

const scenarioOf = (load: string, fleet?: string) =>
  scenarioFromSource({ file: 'w.yaml', text: textOf(load, fleet), overrides: {}, datasets: {} });

async function runOf(load: string, fleet?: string, kernel: 'reference' | 'wasm' = 'reference') {
  const result = await simulateHere(await scenarioOf(load, fleet), {
    kernel: kernel === 'wasm' ? await builtKernel() : kernel,
  });
  return { result, rows: summaryRows('week', seriesOf(result)) };
}

type Rows = Awaited<ReturnType<typeof runOf>>['rows'];

const medianOf = (rows: Rows, subject: string, metric = 'energy', pathway = 'baseline') =>
  rows.find((row) => row.subject === subject && row.metric === metric && row.pathway === pathway && row.trim === 'none')
    ?.p50 ?? Number.NaN;

describe.each(['reference', 'wasm'] as const)('the %s engine', (kernel) => {
  it.each([
    ['azure-2024-conversation', 0.5, 1.42],
    ['azure-2024-conversation', 0.8, 1.68],
    ['azure-2024-code', 0.5, 2.17],
    ['azure-2024-code', 0.8, 2.87],
  ])(
    'gives a static fleet on %s with active %f the published %f times the energy of full nodes',
    async (profile, active, published) => {
      const [{ rows: full }, { rows }] = await Promise.all([
        runOf('', '', kernel),
        runOf(`{ profile: ${profile}, peak_load: 0.9, power: { active: ${active} } }`, '', kernel),
      ]);
      for (const subject of ['a', 'b', 'both'])
        expect(Math.abs(medianOf(rows, subject) / medianOf(full, subject) / published - 1)).toBeLessThan(0.02);
      // Pathways divide energy and not load.
      expect(medianOf(rows, 'both') / medianOf(rows, 'both', 'energy', 'model')).toBeCloseTo(4, 3);
    },
  );

  it('is the same to the bit with a flat profile at load 1 as without load', async () => {
    const flat = `{ profile: [${Array(24).fill(7).join(', ')}], peak_load: 1 }`;
    const [{ rows: full }, { rows }] = await Promise.all([runOf('', '', kernel), runOf(flat, '', kernel)]);
    expect(rows.filter(({ metric }) => metric !== 'node_seconds')).toEqual(full);
  });

  it('keeps idle energy apart where that is asked for: both add up to what queries are charged else', async () => {
    const load = 'profile: azure-2024-code, power: { parked: 0.2, active: 0.6 }, autoscale: { floor: 0.3, lag_h: 1 }';
    const [{ rows: charged }, { rows: apart }] = await Promise.all([
      runOf(`{ ${load} }`, '', kernel),
      runOf(`{ ${load}, idle_to: separate }`, '', kernel),
    ]);
    const [work, idle] = [medianOf(apart, 'a'), medianOf(apart, 'a', 'energy_idle')];
    expect((work + idle) / medianOf(charged, 'a')).toBeCloseTo(1, 3);
  });

  it('spreads energy by a share of power that varies', async () => {
    const { rows } = await runOf(
      '{ profile: azure-2024-code, power: { active: { uniform: { min: 0.4, max: 1 } } } }',
      '',
      kernel,
    );
    const { rows: fixed } = await runOf('{ profile: azure-2024-code, power: { active: 0.7 } }', '', kernel);
    const spread = (all: Rows) => {
      const row = all.find(({ subject, metric }) => subject === 'a' && metric === 'energy')!;
      return row.p75! / row.p25!;
    };
    expect(spread(rows)).toBeGreaterThan(1.01 * spread(fixed));
  });
});

describe('hours', () => {
  const fleet = 'fleet: { blend: both, queries_per_day: 1e9, beta: 1, mixes: { all: { t: 1 } } }';

  it('add up to the energy of the fleet, and its nodes serve the peak at peak_load', async () => {
    const { result } = await runOf('{ profile: azure-2024-conversation, peak_load: 0.8 }', fleet);
    const rows = await loadRows(result);
    const { fleetRows } = await import('../../src/result/rows/fleet.js');
    const [day] = fleetRows(result);
    const mean = rows.reduce((sum, { power_mw }) => sum + power_mw!, 0) / rows.length;
    expect((mean * 24) / 1000 / day.gwh_per_day!).toBeCloseTo(1, 9);
    expect(rows).toHaveLength(168);
    expect(Math.max(...rows.map(({ node_load }) => node_load!))).toBeCloseTo(0.8, 9);
    for (const { nodes_owned, nodes_serving, nodes_parked } of rows)
      expect(nodes_serving! + nodes_parked!).toBeCloseTo(nodes_owned!, 6);
    // Mean node-seconds of the two models, 0.15 s and 0.159 s, over the seconds of a day and the load of the week.
    const busy = (1e9 * (0.15 + 0.159)) / 2 / 86_400;
    const serving = rows.reduce((sum, row) => sum + row.nodes_serving! * row.node_load!, 0) / rows.length;
    expect(serving / busy).toBeCloseTo(1, 3);
  });

  it('count in full nodes without a fleet, and have no megawatts', async () => {
    const { result } = await runOf('{ profile: azure-2024-conversation, autoscale: perfect }');
    const rows = await loadRows(result);
    expect(rows[0]).toMatchObject({ mix: '', power_mw: null });
    expect(rows[0].nodes_owned).toBeCloseTo(1 / 0.9, 9);
  });

  it('of a lag of 0 are those of perfect autoscaling', async () => {
    const [lagging, perfect] = await Promise.all(
      ['{ floor: 0, lag_h: 0 }', 'perfect'].map(async (autoscale) =>
        loadRows((await runOf(`{ profile: azure-2024-code, autoscale: ${autoscale} }`)).result),
      ),
    );
    expect(lagging).toEqual(perfect);
  });
});

it.each(SHIPPED_PROFILES)('the hours of %s are those of the table that ships', (name) => {
  const rows: ProfileRow[] = parse(readFileSync(new URL('../../scenarios/data/load-profiles.csv', import.meta.url)), {
    columns: true,
  });
  expect(SHIPPED_LOADS[name]).toEqual(shippedProfile(rows, name));
});

it.each([
  ['{ profile: azure-2024-code, peak_load: 1.2 }', 'load.peak_load: must be above 0 and at most 1; found 1.2'],
  [
    '{ profile: [1, 2, 3] }',
    'load.profile: expected 24 numbers (the hours of a day, UTC) or 168 (of a week from Monday); found 3',
  ],
  [
    `{ profile: [${Array(24).fill(0).join(', ')}] }`,
    'load.profile: has no load in any hour; at least one hour needs a number above 0',
  ],
  [`{ profile: [-1, ${Array(23).fill(1).join(', ')}] }`, 'load.profile[0]: expected a number of at least 0; found -1'],
  ['{ profile: azure-2024-code, peak_load: 0 }', 'load.peak_load: must be above 0; found 0'],
  [
    '{ profile: azure-2024-code, autoscale: { floor: 1.5 } }',
    'load.autoscale.floor: must be a share from 0 to 1; found 1.5',
  ],
  [
    '{ profile: azure-2024-code, power: { parked: 0.9, active: 0.5 } }',
    'load.power.parked: must never be above active; found parked 0.9, active 0.5',
  ],
  ['{ profile: azure-2024-code, growth: 9 }', 'what the nodes can serve in a week; lower growth or peak_load'],
  [
    '{ profile: azure-2024-code, peak_load: { uniform: { min: 0.5, max: 0.9 } } }',
    'load.peak_load: decides how many nodes there are, which queries do not vary: state a number, and sweep over several',
  ],
])('load: %s is refused', async (load, message) => {
  await expect(scenarioOf(load)).rejects.toThrow(message);
});
