// Values beyond the numbers of 64 bits, 1.8e308: counted as no finite number and named, and no column is null or infinite for them;
// moments of the largest numbers that there are. What it cannot see: the words of the terminal, which shows the same notes.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { runScenario } from '../../src/run/run.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { Histogram } from '../../src/sketch/histogram.js';
import { meanAndStd } from '../../src/sketch/statistics.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { builtEngine } from '../built-engine.js';
import { needs } from '../needs.js';

const SAMPLES = 20_000;

/** From 1 on, half a normal distribution in ln x; of it 1 - 2 (1 - Φ(709.78 / 300)) lies within the numbers there are. */
const WIDE = '{ lognormal: { mu: 0, sigma: 300 }, min: 1 }';
const WITHIN = 0.98202;

const text = (pue: string, tps: string) => `
version: 1
name: beyond
samples: ${SAMPLES}
node_power_kw: 10.2
power_utilization: 0.7
pue: ${pue}
input_tokens: 1000
models: { A: { tps: ${tps} } }
regimes: { t: { output_tokens: 300 } }
`;

async function run(kernel: 'reference' | 'wasm', pue: string, tps = '900') {
  const engine = kernel === 'wasm' ? await builtEngine() : REFERENCE_ENGINE;
  const source = { file: 'beyond.yaml', text: text(pue, tps), overrides: {}, datasets: {} };
  const out = await mkdtemp(join(tmpdir(), 'beyond-'));
  const options = { out, keepSamples: false, now: () => new Date(0) };
  return runScenario(poolOn(callingThread(engine)), await scenarioFromSource(source), options);
}

describe.each(['reference', 'wasm'] as const)('with the %s kernel', (kernel) => {
  it('has no number for a fleet whose queries are all beyond', async () => {
    const engine = kernel === 'wasm' ? await builtEngine() : REFERENCE_ENGINE;
    const fleet =
      'blends: { b: { models: [A] } }\nfleet: { blend: b, queries_per_day: 1, beta: 1, mixes: { m: { t: 1 } } }\n';
    const lengths = text('1.2', '900').replace(
      'input_tokens: 1000',
      'input_tokens: { lognormal: { mu: 2000, sigma: 1 } }',
    );
    const source = {
      file: 'beyond.yaml',
      text: `${lengths}prefill_weight: 0.1\n${fleet}`,
      overrides: {},
      datasets: {},
    };
    const out = await mkdtemp(join(tmpdir(), 'beyond-'));
    const options = { out, keepSamples: false, now: () => new Date(0) };
    const run = await runScenario(poolOn(callingThread(engine)), await scenarioFromSource(source), options);
    expect(run.tables.fleet).toMatchObject([{ gwh_per_day: null, gwh_low: null, gwh_high: null }]);
    expect(run.notes.join('\n')).toContain('100 % of input_tokens draws are no number from 0 to 1.8e308');
  });
});

describe('distributions as wide as all numbers, with the wasm kernel', () => {
  const kernel = 'wasm';

  it('names the share of draws that no number holds, and tells the rest', needs('minutes'), async () => {
    const { tables, notes } = await run(
      kernel,
      `{ mixture: [{ weight: 0.8, distribution: 1.2 }, { weight: 0.2, distribution: ${WIDE} }] }`,
    );
    const [pue] = tables.inputs.filter(({ variable }) => variable === 'pue');
    expect(Math.abs(pue.n / SAMPLES - (0.8 + 0.2 * WITHIN))).toBeLessThan(0.01);
    for (const value of [pue.mean, pue.std, pue.p05, pue.p95]) expect(Number.isFinite(value)).toBe(true);
    const energy = tables.summary.find(({ metric }) => metric === 'energy')!;
    const shares = tables.summary.find(({ metric }) => metric === 'energy_non_finite')!;
    expect(energy.n).toBe(Math.round(SAMPLES * (1 - shares.mean!)));
    for (const value of [energy.mean, energy.std, energy.p95]) expect(Number.isFinite(value)).toBe(true);
    expect(notes.join('\n')).toMatch(/\d+ % of pue draws are no number from 0 to 1\.8e308; they are left out/);
    expect(notes.join('\n')).toMatch(/\d+ % of draws of A give no finite energy/);
  });

  it('names throughputs that no number holds', needs('minutes'), async () => {
    const { tables, notes } = await run(kernel, '1.2', WIDE);
    expect(tables.summary.find(({ metric }) => metric === 'tps')!.n / SAMPLES - WITHIN).toBeCloseTo(0, 2);
    expect(notes.join('\n')).toMatch(/\d+ % of the throughputs of A are no number from 0 to 1\.8e308/);
  });
});

it('sums up numbers whose squares no number holds', () => {
  const histogram = new Histogram();
  histogram.add(Float64Array.from([1e300, 3e300, 5e300], Math.log), 3);
  const { mean, std } = meanAndStd(histogram);
  expect(mean / 3e300).toBeCloseTo(1, 3);
  expect(std / (2e300 * Math.sqrt(2 / 3))).toBeCloseTo(1, 3);
});
