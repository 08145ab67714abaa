// tokenjoule catalogue and init: what they list and write, that what init writes runs as it is, and what they are told of unknown names.
// What it cannot see: whether the shipped figures are right.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogueCommand } from '../../src/commands/catalogue.js';
import { initCommand } from '../../src/commands/init.js';
import { loadScenario } from '../../src/scenario/load.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { statisticsOf } from '../../src/sketch/statistics.js';
import { recording } from '../surroundings.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenjoule-catalogue-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function catalogue(...args: string[]): Promise<string> {
  const around = recording();
  expect(await catalogueCommand(args, around)).toBe(0);
  return around.written.join('');
}

const refusal = (run: Promise<unknown>) =>
  run.then(
    () => 'none',
    (error: Error) => error.message,
  );

/** What init writes for some wishes, read as a scenario. */
async function started(name: string, ...args: string[]) {
  const file = join(folder, `${name}.yaml`);
  await initCommand([file, ...args], recording());
  return { file, text: await readFile(file, 'utf8'), scenario: await loadScenario(file, { samples: 2048 }) };
}

describe('tokenjoule catalogue', () => {
  it('lists kinds, and the rows of one with their sources, by any of their names', async () => {
    expect(await catalogue()).toMatch(/hardware +accelerators: .* \(14 rows\)/);
    const rows: Record<string, string>[] = JSON.parse(
      await catalogue('throughput', 'NVIDIA H200 SXM', 'v1.0', '--json'),
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(new Set(rows.map((row) => row.accelerator))).toEqual(new Set(['H200 SXM 141GB']));
    for (const row of rows) expect(row.source_url).toMatch(/^https:/);
    expect(await catalogue('hardware', 'B200')).toMatch(/^accelerator +GB +TB\/s.*source\nB200 SXM 180GB +180 +7\.7/);
    expect(await catalogue('throughput')).toMatch(/and 2,\d\d\d rows more: add words/);
  });

  it.each([['models'], ['power'], ['pue'], ['names']])('lists %s', async (kind) => {
    expect(JSON.parse(await catalogue(kind, '--json')).length).toBeGreaterThan(30);
  });

  it('says what is near an unknown name, and which kinds there are', async () => {
    expect(await refusal(catalogue('hardware', 'H201'))).toContain(
      'no accelerator is called "H201"; nearest: H200 SXM 141GB',
    );
    expect(await refusal(catalogue('hardwares'))).toContain(
      'kinds are hardware, models, throughput, power, pue or names',
    );
  });
});

describe('tokenjoule init', () => {
  it('writes without options a scenario of measured rows that runs', async () => {
    const { scenario, text } = await started('minimal');
    expect(text).toContain('dataset: tensorrt-llm');
    expect(scenario.models[0].measured!.length).toBeGreaterThanOrEqual(4);
    const { models } = await simulateHere(scenario);
    const energy = models.plan.measures.find(({ row }) => row.metric === 'energy' && row.regime === 'chat')!;
    const { p50 } = statisticsOf(models.sketches.histograms[energy.of], 1);
    expect(p50).toBeGreaterThan(0.005);
    expect(p50).toBeLessThan(0.5);
  });

  it.each([
    ['newest', 'Llama 3.1 405B', 'H200', 'FP8'],
    ['block', 'DeepSeek-R1', 'B200', 'NVFP4'],
    ['dense', 'Meta-Llama-3.1-70B-Instruct', 'H100', 'FP8'],
  ])('takes rows of one way to serve: %s', async (name, model, accelerator, precision) => {
    const wish = ['--model', model, '--accelerator', accelerator, '--precision', precision];
    const { scenario, text } = await started(name, ...wish);
    expect(text).toContain('dataset: tensorrt-llm');
    const { measured = [] } = scenario.models[0];
    expect(measured.length).toBeGreaterThanOrEqual(3);
    expect(new Set(measured.map((row) => `${row.input_tokens}/${row.output_tokens}`)).size).toBe(measured.length);
  });

  it('writes for what was never measured a scenario that runs on what size and hardware foretell, and says so', async () => {
    const { scenario, text } = await started(
      'foretold',
      '--model',
      'Kimi K2',
      '--accelerator',
      'MI355X',
      '--precision',
      'FP8',
    );
    expect(text).toContain('no rows of this model');
    expect(scenario.warnings.join()).toContain(
      'Kimi K2: no rows: its throughput follows from the size of Kimi K2 in FP8 and 8 MI355X',
    );
    expect(scenario.models[0].measured).toBeUndefined();
  });

  it('replaces no file, and refuses what is unknown or does not fit', async () => {
    const run = (...args: string[]) => refusal(initCommand([join(folder, 'x.yaml'), ...args], recording()));
    expect(await run('--accelerator', 'H201')).toContain('nearest: H200 SXM 141GB');
    expect(await run('--model', 'Llama 3.1 500B')).toContain(
      'no model is called "Llama 3.1 500B"; nearest: Llama 3.1 70B, Llama 3.1 405B',
    );
    expect(await run('--model', 'Kimi K2', '--accelerator', 'H100', '--precision', 'FP8')).toMatch(
      /the weights of Kimi K2 in FP8 take 1000 GB/,
    );
    expect(await run('--accelerator', 'TPU v5e')).toContain('hardware.csv has no power of a node of TPU v5e');
    expect(await run()).toBe('none');
    expect(await run()).toContain('is there already');
  });
});

describe('throughput.dataset', () => {
  it('of the path of a table that ships says its name, where no file is there', async () => {
    const file = join(folder, 'path.yaml');
    const { text } = await started('named');
    await writeFile(file, text.replace('dataset: tensorrt-llm', 'dataset: data/throughput-tensorrt-llm.csv'));
    expect(await refusal(loadScenario(file))).toContain('dataset: tensorrt-llm is the table of this name that ships');
  });
});
