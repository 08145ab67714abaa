// Rows chosen by hardware, and measured ratios where they are missing: which rows are taken, by what factor, and what is said of it.
// What it cannot see: whether a ratio of one benchmark's models holds for another model.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { SHIPPED_RATIOS } from '../../src/model/hardware/shipped-ratios.js';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { simulateHere } from '../../src/simulate/simulate.js';

const CSV = `model,quantization,accelerator,input_tokens,output_tokens,node_tokens_per_second
A,FP8,H100 SXM 80GB,128,128,9000
A,FP8,H100 SXM 80GB,1000,1000,6000
A,FP8,H100 SXM 80GB,128,2048,5000
A,FP8,H200 SXM 141GB,128,128,20000
A,FP8,H200 SXM 141GB,1000,1000,14000
A,FP8,H200 SXM 141GB,128,2048,12000
B,BF16,H100 SXM 80GB,128,128,3000
B,BF16,H100 SXM 80GB,1000,1000,2000
B,BF16,H100 SXM 80GB,128,2048,1500
`;

const TEXT = `version: 1
name: t
samples: 32768
node_power_kw: 10
throughput: { dataset: rows.csv, form: request-cost }
power_utilization: 0.6
pue: 1.2
input_tokens: 500
output_tokens: 300
regimes:
  all:
`;

const readDataset = async () => ({ name: 'rows.csv', bytes: new TextEncoder().encode(CSV) });
const resolved = (set: readonly string[]) => scenarioFromText(TEXT, 't.yaml', readDataset, { set });

async function energyOf(set: readonly string[], model: string) {
  const scenario = await resolved(set);
  const rows = summaryRows('t', seriesOf(await simulateHere(scenario, { kernel: 'reference' })));
  const row = rows.find(({ subject, metric }) => subject === model && metric === 'energy')!;
  return { p05: row.p05!, p50: row.p50!, p95: row.p95!, warnings: scenario.warnings };
}

const onlyA = 'models={A: }';
const onlyB = 'models={B: }';

describe('hardware', () => {
  it('chooses the rows of its chip', async () => {
    for (const [chip, cap] of [
      ['H200', 20_000],
      ['H100', 9000],
    ] as const) {
      const { models } = await resolved([onlyA, `hardware={accelerator: ${chip}}`]);
      expect(models[0].measured).toHaveLength(3);
      expect(models[0].throughput).toMatchObject({ fit: { max_tps: cap, rows_used: 3 } });
    }
  });

  it('has rows of H100 stand in for those of B200, times the measured ratio of energies on full nodes', async () => {
    const measured = await energyOf([onlyA, 'hardware={accelerator: H100}', 'node_power_kw=10.2'], 'A');
    const asked = await energyOf([onlyA, 'hardware={accelerator: B200}', 'node_power_kw=14.3'], 'A');
    expect(asked.p50 / measured.p50 / 0.635).toBeCloseTo(1, 1);
    // As wide as the pairs: from P10 0.285 to P90 1.089 is 1.34 in ln, from P5 to P95 a factor of 1.645 / 1.2816 of that.
    expect(Math.log(asked.p95 / asked.p05) / (Math.log(1.089 / 0.285) * (1.6449 / 1.2816))).toBeCloseTo(1, 1);
    expect(asked.warnings.join('\n')).toMatch(
      /A: no rows of B200 SXM 180GB in FP8; those of H100 SXM5 80GB in FP8 stand in, times measured ratios; for nodes of 14\.3 kW: B200\/H100 0\.635 \(P10–P90 0\.285–1\.089\), n = 39, minimum-energy configuration; ML\.ENERGY/,
    );
  });

  it('takes the ratio of the queries in flight that the scenario states', async () => {
    const set = [onlyA, 'hardware={accelerator: B200}', 'concurrency=8'];
    expect((await resolved(set)).warnings.join('\n')).toContain(
      'B200/H100 0.918 (P10–P90 0.834–1.58), n = 39, max_num_seqs 8;',
    );
  });

  it('has BF16 stand in for FP8 on one chip, which costs energy where few queries are in flight', async () => {
    const asked = ['hardware={accelerator: H100, precision: FP8}', onlyB];
    const own = ['hardware={accelerator: H100, precision: BF16}', onlyB];
    const [few, many] = await Promise.all([
      energyOf([...asked, 'concurrency=8'], 'B'),
      energyOf([...asked, 'concurrency=256'], 'B'),
    ]);
    const [fewOwn, manyOwn] = await Promise.all([
      energyOf([...own, 'concurrency=8'], 'B'),
      energyOf([...own, 'concurrency=256'], 'B'),
    ]);
    expect(few.p50 / fewOwn.p50).toBeCloseTo(1.5, 1);
    expect(many.p50 / manyOwn.p50).toBeCloseTo(0.914, 2);
  });

  it('goes two steps where chip and number format both lack rows', async () => {
    const scenario = await resolved([onlyB, 'hardware={accelerator: B200, precision: FP8}']);
    expect(scenario.models[0].throughput).toMatchObject({
      hardware_factors: [{ variable: 'hardware.generation' }, { variable: 'hardware.precision' }],
    });
  });

  it('has FP8 on H200 stand in for FP4 on B200 by throughput, n = 175', async () => {
    const { warnings } = await resolved([onlyA, 'hardware={accelerator: B200, precision: FP4}']);
    expect(warnings.join('\n')).toMatch(
      /those of H200 SXM 141GB in FP8 stand in.*0\.380 \(P10–P90 0\.269–0\.531\), n = 175/,
    );
  });

  it('works for every form of throughput', async () => {
    for (const form of ['log-log', 'highest']) {
      const set = [onlyA, `throughput.form=${form}`];
      const measured = await energyOf([...set, 'hardware={accelerator: H100}', 'node_power_kw=10.2'], 'A');
      const asked = await energyOf([...set, 'hardware={accelerator: B200}', 'node_power_kw=14.3'], 'A');
      expect(asked.p50 / measured.p50 / 0.635).toBeCloseTo(1, 1);
    }
  });

  it('says that rows are taken as they are where no measured ratio leads to the chip', async () => {
    const { warnings } = await resolved([
      onlyA,
      'throughput.form=log-log',
      'hardware={accelerator: MI300X}',
      'throughput.where={accelerator: H200 SXM 141GB}',
    ]);
    expect(warnings).toContain(
      'A: its rows are of H200 SXM 141GB and not of MI300X, no measured ratio leads there, and they are taken as they are',
    );
  });

  it('shares a ratio between the queries of a world, where worlds are asked for', async () => {
    const scenario = await resolved([onlyA, 'hardware={accelerator: B200}', 'uncertainty={worlds: 20, samples: 1024}']);
    expect(scenario.shared).toEqual({ 'hardware.generation': 1 });
  });
});

describe('ratios that ship', () => {
  it('are rows of precision-and-generation.csv, with their n and source', () => {
    const table = new URL('../../scenarios/data/precision-and-generation.csv', import.meta.url);
    const rows: Record<string, string>[] = parse(readFileSync(table), { columns: true });
    for (const { ratio, condition, n, median, p10, p90, metric, source_title, source_url } of SHIPPED_RATIOS) {
      const found = rows.find((row) => row.ratio === ratio && row.condition === condition && row.metric === metric);
      expect(found, `${ratio}, ${condition}`).toBeDefined();
      expect([n, median, p10, p90]).toEqual([found!.n, found!.median, found!.p10, found!.p90].map(Number));
      expect([source_title, source_url]).toEqual([found!.source_title, found!.source_url]);
    }
  });
});
