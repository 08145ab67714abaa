// Own measurements become the keys of a scenario that runs and gives them back. What it cannot see: measurements of real servers, whose
// costs of a step grow with the experts that are touched.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calibrateCommand } from '../../src/commands/calibrate.js';
import { InputError } from '../../src/errors.js';
import { nodeSeconds } from '../../src/model/throughput/request-cost.js';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import { loadScenario, loadWithSource } from '../../src/scenario/load.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import type { Calibration } from '../../src/validate/calibrate.js';
import { identify } from '../../src/validate/identify.js';
import { scenarioPredictor } from '../../src/validate/predict-scenario.js';
import { scenarioHardware } from '../../src/validate/scenario-hardware.js';
import { scorable } from '../../src/validate/scorable.js';
import { shippedPoolTables } from '../model/throughput/pool-tables.js';
import { recording } from '../surroundings.js';

const HEADER =
  'dataset,model,accelerator,accelerator_count,quantization,workload,input_tokens,output_tokens,concurrency_or_batch,output_tokens_per_second_total,power_w,energy_wh_per_request,boundary';

/** Node-seconds of Llama 3.1 70B on a node of two groups of four H100, and its power: W of one accelerator by load. */
const COSTS = { a: 3e-5, b: 4e-5, c: 2e-8, w: 0.03 };
const ACTIVE_W = 400;
const FULL_W = 650;

const POINTS = [8, 32, 128, 256].flatMap((concurrency) =>
  [
    [200, 300],
    [2000, 300],
    [200, 3000],
  ].map(([input_tokens, output_tokens]) => ({ input_tokens, output_tokens, concurrency })),
);

/** A row of one group of four as the costs and the line of power make it. */
function rowOf({ input_tokens, output_tokens, concurrency }: (typeof POINTS)[number]): string {
  const seconds = nodeSeconds(COSTS, { input_tokens, output_tokens, concurrency: 2 * concurrency });
  const load = 1 - (COSTS.w * output_tokens) / (2 * concurrency) / seconds;
  const watts = 4 * (ACTIVE_W + (FULL_W - ACTIVE_W) * load);
  const tps = output_tokens / seconds / 2;
  const wh = ((watts / tps) * output_tokens) / 3600;
  return `own,Llama 3.1 70B,H100,4,bf16,mine,${input_tokens},${output_tokens},${concurrency},${tps},${watts},${wh},gpu_board`;
}

const CATALOGUE = shippedPoolTables();

/** A row at the node's wall, on one group of four as the rows that were calibrated. */
function measuredAt(point: (typeof POINTS)[number]) {
  const names = { dataset: 'own', model: 'Llama 3.1 70B', accelerator: 'H100', quantization: 'bf16', workload: 'mine' };
  const plain = { line: 2, modality: 'text', speculative_decoding: '', boundary: 'node_ac' } as const;
  const identified = identify(
    { ...names, ...plain, ...point, accelerator_count: 4, energy_wh: 1 },
    shippedPoolTables(),
  );
  if ('cause' in identified) throw new Error(identified.cause);
  const rows = scorable(identified);
  if ('cause' in rows) throw new Error(rows.cause);
  return rows[0];
}

async function calibrated(flags: readonly string[], lines = POINTS.map(rowOf)) {
  const folder = await mkdtemp(join(tmpdir(), 'calibrate-'));
  const file = join(folder, 'own.csv');
  await writeFile(file, `${[HEADER, ...lines].join('\n')}\n`);
  const around = recording();
  const status = await calibrateCommand([file, ...flags.map((flag) => flag.replace('DIR', folder))], around);
  return { status, text: around.written.join(''), folder };
}

describe('calibrate', () => {
  it('finds the costs and the power that made the rows, power at the wall by the line of the chip', async () => {
    const { text } = await calibrated(['--json']);
    const { costs, power, loo_error, typical }: Calibration = JSON.parse(text);
    for (const point of POINTS) {
      const query = { ...point, concurrency: 2 * point.concurrency };
      expect(nodeSeconds(costs, query) / nodeSeconds(COSTS, query)).toBeCloseTo(1, 1);
    }
    expect(costs.w / COSTS.w).toBeCloseTo(1, 1);
    expect(loo_error).toBeLessThan(0.05);
    expect(power!.utilization).toBeCloseTo((1852 + 8.783 * FULL_W) / 10200, 1);
    expect(power!.active).toBeCloseTo((1852 + 8.783 * ACTIVE_W) / (1852 + 8.783 * FULL_W), 1);
    expect(typical).toEqual({ input_tokens: 200, output_tokens: 300, concurrency: 256 });
  });

  it('writes a scenario that loads, of that model and with those costs', async () => {
    const { status, folder, text } = await calibrated(['-o', 'DIR/mine.yaml']);
    expect(status).toBe(0);
    expect(text).toBe(`calibrated Llama 3.1 70B, FP16, 4 × H100 SXM5 80GB: ${join(folder, 'mine.yaml')}\n`);
    const scenario = await loadScenario(join(folder, 'mine.yaml'));
    expect(scenario.models.map(({ name, throughput }) => [name, throughput.method])).toEqual([
      ['Llama 3.1 70B', 'request-cost'],
    ]);
    expect(await readFile(join(folder, 'mine.yaml'), 'utf8')).toMatch(
      /^# Calibrated by tokenjoule .* from own\.csv, 12 rows \(lines 2–13\): Llama 3\.1 70B, FP16, 4 × H100 SXM5 80GB\.\n/,
    );
  });

  it('gives in a run what validate predicts by its scenario, whatever lengths and queries in flight', async () => {
    const { folder } = await calibrated(['-o', 'DIR/mine.yaml']);
    const file = join(folder, 'mine.yaml');
    const { scenario, source } = await loadWithSource(file);
    const predict = await scenarioPredictor(scenario, await scenarioHardware(scenario, source, CATALOGUE));
    for (const point of [POINTS[0], POINTS[5], POINTS[10]]) {
      const { input_tokens, output_tokens, concurrency } = point;
      const lengths = [`input_tokens=${input_tokens}`, `output_tokens=${output_tokens}`];
      const set = [...lengths, `concurrency=${2 * concurrency}`, 'pue=1'];
      const result = await simulateHere(await loadScenario(file, { samples: 2000, set }));
      const [energy] = summaryRows('run', seriesOf(result)).filter(({ metric }) => metric === 'energy');
      const { match, prediction } = predict(measuredAt(point))!;
      expect(match).toBe('loose');
      expect(prediction.quantiles.p50 / energy.mean!).toBeCloseTo(1, 4);
    }
  });

  it('asks which of several configurations, and refuses rows without what it fits', async () => {
    const refusal = (flags: string[], lines?: string[]) => calibrated(flags, lines).catch((error: unknown) => error);
    const lines = POINTS.map(rowOf);
    const two = await refusal([], [...lines, lines[0].replace('H100', 'H200')]);
    expect(two).toBeInstanceOf(InputError);
    expect(String(two)).toContain('holds 2 configurations; choose one with --model, --accelerator and --quantization');
    expect(
      (await calibrated(['--accelerator', 'H200', '--json'], [...lines, lines[0].replace('H100', 'H200')])).status,
    ).toBe(0);
    const blank = await refusal([], ['own,Llama 3.1 70B,H100,4,bf16,mine,,300,8,100,,0.5,gpu_board']);
    expect(String(blank)).toContain('no row states input_tokens, output_tokens, concurrency_or_batch');
    expect(String(await refusal(['--model', 'none']))).toContain('no row is of a known model');
  });
});
