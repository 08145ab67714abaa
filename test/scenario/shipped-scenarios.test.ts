// The scenarios that come with tokenjoule: that they resolve to what their first lines say. What they compute is tested with
// the simulation.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/scenario/load.js';

const shipped = readdirSync('scenarios').filter((file) => file.endsWith('.yaml'));
// One model on a week of its own, and today's models; all others are the paper's.
const ofPaper = shipped.filter((file) => !['azure-week.yaml', 'frontier-2026.yaml'].includes(file));
const load = (name: string) => loadScenario(`scenarios/${name}.yaml`);

describe('the shipped scenarios', () => {
  it('are the five that the README names, two of the datacentre, today’s models, and three sweeps', () => {
    expect(shipped.sort()).toEqual([
      'azure-week.yaml',
      'coupled-utilization.yaml',
      'frontier-2026.yaml',
      'input-length.yaml',
      'managed-power.yaml',
      'non-production.yaml',
      'oviedo-2025.yaml',
      'oviedo-2026.yaml',
      'sweep-coupled-utilization.yaml',
      'sweep-input-length.yaml',
      'sweep-pue-utilization.yaml',
    ]);
  });

  it.each(ofPaper)('resolve under their own file names, with paired draws and all five models: %s', async (file) => {
    const scenario = await loadScenario(`scenarios/${file}`);
    expect(`${scenario.name}.yaml`).toBe(file);
    expect(scenario.seed).toBe('oviedo');
    expect(scenario.models.map(({ name, throughput }) => [name, throughput.method])).toEqual([
      ['DeepSeek-R1', 'regression'],
      ['Llama 3.1 405B', 'regression'],
      ['Llama-3.1 Nemotron Ultra 253B', 'maximum'],
      ['Mixtral 8x22B', 'regression'],
      ['Llama 3.1 70B', 'regression'],
    ]);
  });

  it('differ between the two versions of the paper in node power and published figures alone', async () => {
    const strip = async (name: string) => {
      const { name: _name, description: _description, models, published: _published, ...rest } = await load(name);
      return { ...rest, models: models.map(({ node_power_kw: _power, ...model }) => model) };
    };
    expect(await strip('oviedo-2025')).toEqual(await strip('oviedo-2026'));
  });

  it('multiply beta to 1.3256', async () => {
    expect((await load('oviedo-2026')).fleet?.beta).toBeCloseTo(1.3256, 4);
  });

  it('vary input length, utilisation and serving from the second version, one each', async () => {
    const [base, input, coupled, serving] = await Promise.all(
      ['oviedo-2026', 'input-length', 'coupled-utilization', 'non-production'].map(load),
    );
    expect(input.regimes.map(({ name }) => name)).toEqual([
      'traditional',
      'traditional-input-1000',
      'traditional-input-5000',
    ]);
    expect(coupled.regimes.map(({ power_utilization: _, ...rest }) => rest)).toEqual(
      base.regimes.map(({ power_utilization: _, ...rest }) => rest),
    );
    expect(serving.regimes).toEqual(base.regimes);
    for (const { models } of [input, coupled, serving]) expect(models).toEqual(base.models);
  });

  it('take the 16-GPU row of non-production serving as one node and as two', async () => {
    const { non_production } = await load('non-production');
    const tps = (name: string) => non_production.find((serving) => serving.name === name)?.models;
    expect(tps('as-published')).toEqual([
      { name: 'Llama 3.1 405B', tps: 579.63 },
      { name: 'Mixtral 8x22B', tps: 1177.8 },
    ]);
    expect(tps('per-node')).toEqual([
      { name: 'Llama 3.1 405B', tps: 579.63 / 2 },
      { name: 'Mixtral 8x22B', tps: 1177.8 },
    ]);
  });
});
