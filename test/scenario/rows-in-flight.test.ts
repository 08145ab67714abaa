// Rows that say how many queries were in flight: they tell what one reading of the weights costs, and forms that know lengths
// alone are doubted. Costs are known beforehand here, rows computed from them by the law written out. What it cannot see: how
// the law holds for real servers (test/model/throughput/law-holdout.test.ts).
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { doubtsOf } from '../../src/result/doubts.js';
import { problemsOf, resolveText } from './fixtures.js';

const COSTS = { a: 1e-4, b: 1.2e-4, c: 6e-8, w: 0.02 };

/** Node-seconds of a query, written out. */
const seconds = (input: number, output: number, flight: number) =>
  COSTS.a * input + output * (COSTS.b + COSTS.w / flight) + COSTS.c * output * (input + output / 2);

const LENGTHS = [
  [128, 128],
  [128, 2048],
  [2048, 128],
  [1000, 1000],
] as const;

const FLIGHTS = [8, 32, 128, 512];

const HEADER = 'model,quantization,input_tokens,output_tokens,concurrency,node_tokens_per_second';

/** @param share of a node that a row is measured on */
const rows = (share = 1) =>
  [
    HEADER,
    ...LENGTHS.flatMap(([input, output]) =>
      FLIGHTS.map(
        (flight) => `M,FP8,${input},${output},${flight * share},${(share * output) / seconds(input, output, flight)}`,
      ),
    ),
    '',
  ].join('\n');

const scenario = (throughput: string, more = 'concurrency: 64') => `version: 1
name: t
node_power_kw: 10
throughput: { dataset: data.csv${throughput} }
power_utilization: 0.6
pue: 1.2
input_tokens: 500
output_tokens: 300
${more}
regimes: { all: {} }
`;

const REQUEST_COST = ', form: request-cost';

async function fitOf(text: string, csv: string) {
  const [{ throughput, measured }] = (await resolveText(text, {}, csv)).models;
  if (throughput.method !== 'request-cost' || throughput.fit === undefined) throw new Error('not fitted');
  return { ...throughput.fit, measured };
}

describe('rows of several concurrencies', () => {
  it('tell what a reading of the weights costs, to a hundredth', async () => {
    const { a, b, c, w, measured } = await fitOf(scenario(REQUEST_COST), rows());
    expect(measured?.[1]).toMatchObject({ input_tokens: 128, output_tokens: 128, concurrency: 32 });
    for (const [found, right] of [
      [a, COSTS.a],
      [b, COSTS.b],
      [c, COSTS.c],
      [w, COSTS.w],
    ])
      expect(Math.abs(Math.log(found / right))).toBeLessThan(0.05);
    const predicted = a * 500 + 300 * (b + w / 64) + c * 300 * 650;
    expect(Math.abs(Math.log(predicted / seconds(500, 300, 64)))).toBeLessThan(0.01);
  });

  it('tell it whether or not queries state their own, and of a GPU of eight alike', async () => {
    const [with64, without, perGpu] = [
      await fitOf(scenario(REQUEST_COST), rows()),
      await fitOf(scenario(REQUEST_COST, 'description: none'), rows()),
      await fitOf(scenario(`${REQUEST_COST}, per: gpu`), rows(1 / 8)),
    ];
    expect(without.w).toBe(with64.w);
    expect(perGpu.w / with64.w).toBeCloseTo(1, 6);
    expect(perGpu.b / with64.b).toBeCloseTo(1, 6);
  });

  it('may have another name for their column, and blanks and words where none is stated', async () => {
    const named = scenario(`${REQUEST_COST}, columns: { concurrency: batch }`);
    const csv = rows().replace('concurrency', 'batch');
    expect((await fitOf(named, csv)).w).toBe((await fitOf(scenario(REQUEST_COST), rows())).w);
    const blank = `${HEADER}\nM,FP8,128,128,,3700\nM,FP8,128,2048,full,5000\n`;
    expect((await fitOf(scenario(REQUEST_COST), blank)).measured?.map((row) => 'concurrency' in row)).toEqual([
      false,
      false,
    ]);
  });

  it('are refused where they are none, with their line, and a column that is not there', async () => {
    const bad = (concurrency: string) =>
      problemsOf(resolveText(scenario(REQUEST_COST), {}, `${HEADER}\nM,FP8,128,128,${concurrency},3700\n`));
    const expected = 'data.csv:2: concurrency: expected a number of queries in flight from 1 on; found ';
    expect(await bad('0')).toEqual([`${expected}"0"; leave it empty where the source states none`]);
    expect((await bad('"1,024"'))[0]).toContain(`${expected}"1,024"; `);
    const text = scenario(`${REQUEST_COST}, columns: { concurrency: batch }`);
    expect((await problemsOf(resolveText(text, {}, rows())))[0]).toBe(
      'data.csv:1: column batch is missing, which throughput.columns.concurrency names',
    );
  });
});

describe('queries in flight beyond the rows', () => {
  const notes = async (more: string) =>
    (await resolveText(scenario(REQUEST_COST, more), {}, rows())).warnings.filter((note) => note.startsWith('M: '));

  it('are named beside the model', async () => {
    expect(await notes('concurrency: { uniform: { min: 1, max: 64 } }')).toEqual([
      'M: its rows are of 8 to 512 queries in flight, and all has 1 to 64: beyond, what a step costs is extrapolated',
    ]);
    expect(await notes('concurrency: 64')).toEqual([]);
  });
});

describe('forms that know lengths alone', () => {
  it('are doubted with rows of several concurrencies, and request-cost is not', async () => {
    const doubts = async (form: string) => doubtsOf(await resolveText(scenario(form, 'description: none'), {}, rows()));
    const mixed =
      'M: its rows are of 8 to 512 queries in flight, which only form: request-cost tells apart; choose some with throughput.where, or that form; all of its draws';
    expect(await doubts('')).toContain(mixed);
    expect(await doubts(', form: highest')).toContain(mixed);
    expect(await doubts(REQUEST_COST)).toEqual([]);
    const one = rows().replaceAll(/,(8|32|512),/g, ',128,');
    expect(doubtsOf(await resolveText(scenario('', 'description: none'), {}, one))).not.toContain(mixed);
  });
});

describe('a published table of several concurrencies (InferenceMAX)', () => {
  it('is fitted as downloaded: a step takes longer than memory needs to give the weights', async () => {
    const csv = await readFile(new URL('../../scenarios/data/throughput-other.csv', import.meta.url), 'utf8');
    const reading =
      ', columns: { node_tokens_per_second: output_tokens_per_second_total, concurrency: concurrency_or_batch, gpu_count: accelerator_count }, per: group';
    const where =
      ', where: { dataset: InferenceMAX (muxup figures), model: DeepSeek R1 0528, accelerator: B200, accelerator_count: 4 }, quantization: fp4';
    const fit = await fitOf(scenario(`${REQUEST_COST}${reading}${where}`), csv);
    expect(fit.rows_used).toBe(6);
    // 671 · 10⁹ weights of 0.5625 bytes from the memory of 4 GPUs at 7.7 TB/s.
    expect(fit.w).toBeGreaterThan(0.0122);
    expect(fit.w).toBeLessThan(0.12);
    expect(fit.loo_error).toBeLessThan(0.3);
  });
});
