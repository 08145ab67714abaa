// Carbon by the hour under load: closed forms of days with two levels, from a scenario's text to rows and the fleet's day.
// What it cannot see: whether a grid's hours are those that a site buys.
import { describe, expect, it } from 'vitest';
import { fleetImpacts } from '../../src/result/fleet-impacts.js';
import { tablesOf } from '../../src/result/rows/tables.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { fleetImpactLines } from '../../src/terminal/fleet-impact-lines.js';

const halves = (first: number, second: number) =>
  `[${[...Array(12).fill(first), ...Array(12).fill(second)].join(', ')}]`;

const textOf = (more: string) => `
version: 1
name: hours
samples: 65536
node_power_kw: 10
power_utilization: 0.6
pue: 1.2
input_tokens: 0
output_tokens: 300
models: { a: { tps: 2000 } }
regimes: { t: {} }
blends: { one: { models: [a] } }
fleet: { blend: one, queries_per_day: 1.0e+9, beta: 1.1, mixes: { all: { t: 1 } } }
${more}
`;

async function runOf(more: string) {
  const source = { file: 'h.yaml', text: textOf(more), overrides: {}, datasets: {} };
  const scenario = await scenarioFromSource(source);
  const { summary } = await tablesOf(await simulateHere(scenario, { kernel: 'reference' }));
  const mean = (metric: string) => summary.find((row) => row.metric === metric && row.subject === 'a')!.mean!;
  return { scenario, summary, intensity: (mean('carbon') / mean('energy')) * 1000 };
}

const dirtyDays = (second = 100) => `impact: { grid: { hourly: ${halves(500, second)} } }`;
const load = (active: number, more = '') =>
  `load: { profile: ${halves(1, 0.25)}, peak_load: 0.8, power: { parked: 0, active: ${active} }${more} }`;

describe('hourly intensity', () => {
  it('without load is the plain mean', async () => {
    expect((await runOf(dirtyDays())).intensity / 300).toBeCloseTo(1, 2);
  });

  it('under load is weighted by the energy of each hour, idle nodes included', async () => {
    // A static fleet of 1.25 nodes: an hour of work u takes u + active · (1.25 − u) of a full node's energy.
    const active = 0.5;
    const [busy, quiet] = [1, 0.25].map((work) => work + active * (1.25 - work));
    const expected = (busy * 500 + quiet * 100) / (busy + quiet);
    expect((await runOf(`${dirtyDays()}\n${load(active)}`)).intensity / expected).toBeCloseTo(1, 2);
  });

  it('is weighted by work alone where idle energy is kept apart', async () => {
    const expected = (1 * 500 + 0.25 * 100) / 1.25;
    const { intensity } = await runOf(`${dirtyDays()}\n${load(0.5, ', idle_to: separate')}`);
    expect(intensity / expected).toBeCloseTo(1, 2);
  });

  it('of a day meets the load of a week, and one level in all hours changes nothing', async () => {
    const { intensity } = await runOf(
      `impact: { grid: { hourly: ${halves(250, 250)} } }\nload: { profile: azure-2024-code }`,
    );
    expect(intensity).toBeCloseTo(250, 6);
  });

  it('is lower than the plain mean where the busy hours are the clean ones, and a note says both', async () => {
    const clean = `impact: { grid: { hourly: ${halves(100, 500)} } }\n${load(0)}`;
    const { intensity, scenario } = await runOf(clean);
    expect(intensity / 180).toBeCloseTo(1, 1);
    expect(scenario.warnings).toContain(
      'grid: 180 gCO2e/kWh, hours weighted by their energy; all hours alike would be 300 (-40 %)',
    );
  });

  it.each([23, 25, 167])('of %d hours is refused', async (hours) => {
    const text = `impact: { grid: { hourly: [${Array(hours).fill(300).join(', ')}] } }`;
    await expect(runOf(text)).rejects.toThrow(/a list of 24 or 168 numbers.*found a list of \d+/);
  });
});

describe("a fleet's day", () => {
  it('has the carbon of its queries, times beta', async () => {
    const { scenario, summary } = await runOf(`${dirtyDays(500)}\nload: { profile: azure-2024-code }`);
    const [{ mix, unit, per_day }] = fleetImpacts(scenario, summary);
    const carbon = summary.find((row) => row.metric === 'carbon' && row.subject === 'one' && row.trim === 'none')!;
    expect([mix, unit]).toEqual(['all', 'tCO2e/day']);
    expect(per_day / (carbon.mean! * 1e9 * 1.1 * 1e-6)).toBeCloseTo(1, 12);
    expect(fleetImpactLines(scenario, summary).join('\n')).toMatch(/a day of the fleet +tCO2e\/day\n {2}all +\d/);
  });
});
