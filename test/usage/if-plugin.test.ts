// The plugin for the Impact Framework: by itself against closed forms, and in the framework's own runner on a manifest. What it cannot
// see: how other plugins of a pipeline use its outputs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Tokenjoule } from '../../src/if-plugin.js';
import { needs } from '../needs.js';

const folder = mkdtempSync(join(tmpdir(), 'tokenjoule-if-'));
const scenario = join(folder, 's.yaml');
writeFileSync(
  scenario,
  `version: 1
name: s
node_power_kw: 10
power_utilization: 0.6
pue: 1.2
input_tokens: 1
output_tokens: 1
regimes: { chat: {} }
models: { m: { tps: 2000 } }
impact:
  grid: { gco2e_per_kwh: 400 }
  embodied: { kgco2e_per_node: 7012, lifetime_years: 3, utilization: 0.6 }
  water: { wue_site_l_per_kwh: 0.3, wue_grid_l_per_kwh: 4 }
`,
);

const WH = (1.2 * 10 * 0.6 * 300) / 2000 / 3.6;
const EMBODIED = ((300 / 2000) * 7_012_000) / (3 * 365 * 24 * 3600 * 0.6);

const input = { timestamp: '2026-01-01T00:00:00Z', duration: 3600, 'input-tokens': 500, 'output-tokens': 300 };

describe('the plugin', () => {
  const plugin = Tokenjoule({ scenario, model: 'm' });

  it('gives energy in kWh, emissions and water of all requests, and the range of one', async () => {
    const [one, many] = await plugin.execute([input, { ...input, requests: 1000 }]);
    expect(one).toMatchObject(input);
    expect(one.energy).toBeCloseTo(WH / 1000, 6);
    expect(many.energy).toBeCloseTo(WH, 3);
    expect(many['carbon-operational']).toBeCloseTo(WH * 400, 0);
    expect(many['carbon-embodied']).toBeCloseTo(EMBODIED * 1000, 1);
    expect(many.carbon).toBeCloseTo(Number(many['carbon-operational']) + Number(many['carbon-embodied']), 1);
    expect(many.water).toBeCloseTo((WH / 1.2) * 0.3 + WH * 4, 2);
    expect(many['energy-per-request-p95']).toBeCloseTo(WH, 3);
  });

  it('takes and gives other names where a manifest maps them', async () => {
    const mapped = Tokenjoule({ scenario, model: 'm' }, undefined, { 'input-tokens': 'in', energy: 'llm/energy' });
    const [one] = await mapped.execute([{ in: 500, 'output-tokens': 300 }]);
    expect(one['llm/energy']).toBeCloseTo(WH / 1000, 6);
    expect(one.energy).toBeUndefined();
  });

  it('says the unit and the aggregation of every output that it can have', async () => {
    const [found] = await plugin.execute([input]);
    const added = Object.keys(found).filter((name) => !(name in input));
    expect(Object.keys(plugin.metadata.outputs)).toEqual(expect.arrayContaining(added));
    expect(plugin.metadata.outputs.energy).toMatchObject({ unit: 'kWh', 'aggregation-method': { time: 'sum' } });
  });

  it.each([
    [{ ...input, 'output-tokens': undefined }, 'input 0: output-tokens is a number from 0 on; found undefined'],
    [{ ...input, requests: -1 }, 'input 0: requests is a number from 0 on; found -1'],
    [{ ...input, model: 'gpt' }, 'input 0: the scenario has no model "gpt"'],
  ])('refuses %j', async (wrong, message) => {
    await expect(plugin.execute([wrong])).rejects.toThrow(message);
  });
});

describe('in the framework’s own runner', needs('impact-framework'), () => {
  it('adds its outputs to the observations of a manifest, and the framework sums them up', () => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const manifest = join(folder, 'manifest.yml');
    writeFileSync(
      manifest,
      `name: queries
initialize:
  plugins:
    tokenjoule:
      path: ${root}dist/cjs/if-plugin.js
      method: Tokenjoule
      config: { scenario: ${scenario}, model: m }
aggregation: { metrics: [energy, carbon], type: both }
tree:
  children:
    chat:
      pipeline: { compute: [tokenjoule] }
      inputs:
        - { timestamp: 2026-01-01T00:00:00Z, duration: 3600, input-tokens: 500, output-tokens: 300, requests: 1000 }
        - { timestamp: 2026-01-01T01:00:00Z, duration: 3600, input-tokens: 500, output-tokens: 300, requests: 3000 }
`,
    );
    const out = join(folder, 'out');
    const run = join(root, 'node_modules/@grnsft/if/build/if-run/index.js');
    const { status, stderr } = spawnSync(process.execPath, [run, '-m', manifest, '-o', out], { encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const { tree } = parse(readFileSync(`${out}.yaml`, 'utf8'));
    expect(tree.children.chat.outputs[1].energy).toBeCloseTo(3 * WH, 2);
    expect(tree.aggregated.energy).toBeCloseTo(4 * WH, 2);
  });
});
