// What the shipped measurements say of predictions made without their families: the bounds that the project states, golden rows, and a
// family that is really left out. What it cannot see: models and chips that no shipped row is of.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { arithmeticPriorsOf } from '../../src/model/serving/arithmetic-priors.js';
import { readPool } from '../../src/model/throughput/pool/pool-priors.js';
import type { MeasuredRow } from '../../src/validate/measured-row.js';
import { REGRESSION } from '../../src/validate/predict-regression.js';
import { SERVING } from '../../src/validate/predict-serving.js';
import { type MeasuredTable, readMeasured } from '../../src/validate/read-measured.js';
import type { ScoredRow } from '../../src/validate/scored-row.js';
import { type Validation, validate } from '../../src/validate/validate.js';
import { shippedPoolTables } from '../model/throughput/pool-tables.js';
import { needs } from '../needs.js';

const tables = shippedPoolTables();
const priors = arithmeticPriorsOf(readPool(tables));
const noScenario = { formula: 'oviedo', predict: () => undefined };

function validated(learnt: MeasuredTable, against: MeasuredTable): Validation {
  return validate({ catalogue: tables, learnt, against, priors, scenario: noScenario });
}

let shipped: MeasuredTable;
let validation: Validation;

beforeAll(async () => {
  const bytes = readFileSync(new URL('../../scenarios/data/measured-energy.csv', import.meta.url));
  shipped = await readMeasured('measured-energy.csv', bytes);
  validation = validated(shipped, shipped);
}, 60_000);

const summaryOf = (formula: string, group: string, assumption: 0 | 1) =>
  validation.summaries.find((one) => one.formula === formula && one.group === group && one.assumption === assumption)!;

describe('validation against the shipped measurements', () => {
  it.each([0, 1] as const)('keeps the bounds in each bucket of concurrency, at input length %i', (assumption) => {
    for (const bucket of ['below 48', '48 to 191', 'above 191']) {
      const { n, coverage90, bias } = summaryOf(SERVING, bucket, assumption);
      expect(n).toBeGreaterThan(150);
      expect(coverage90).toBeGreaterThanOrEqual(0.8);
      expect(Math.abs(bias)).toBeLessThan(0.3);
    }
    const { slope, sd } = summaryOf(SERVING, 'all', assumption);
    expect(Math.abs(slope!)).toBeLessThan(0.1);
    expect(sd).toBeLessThan(0.5);
    expect(validation.beyond).toEqual([]);
  });

  it('is nearer than a plain regression on batch, sizes, chip and precision with the same families left out', () => {
    const [law, regression] = [summaryOf(SERVING, 'all', 0), summaryOf(REGRESSION, 'all', 0)];
    expect(regression.sd).toBeGreaterThan(0.55);
    expect(regression.sd).toBeLessThan(0.75);
    expect(law.sd).toBeLessThan(0.8 * regression.sd);
    expect(law.median_abs).toBeLessThan(0.8 * regression.median_abs);
  });

  it('counts what cannot be scored by cause: images and video, no concurrency, no energy, no number of chips', () => {
    expect(validation.causes.map(({ cause, rows }) => [cause, rows])).toEqual([
      ['reads images or video, which are encoded besides', 273],
      ['states no concurrency', 9],
      ['states no energy per request', 7],
      ['states no number of accelerators', 2],
      ['accelerator without figures in hardware.csv', 1],
    ]);
    expect(validation.apart.map(({ row }) => row.boundary)).toEqual(Array(9).fill('node_ac'));
  });

  it('predicts golden rows as it did, within half a percent of the medians written here', () => {
    const golden: [string, string, string, number, number][] = [
      ['Llama 3.1 405B', 'H100 SXM5 80GB', 'lm-arena-chat', 8, 2.549],
      ['gpt-oss 120B', 'B200 SXM 180GB', 'gpqa', 128, 0.05418],
      ['Qwen3 8B', 'H100 SXM5 80GB', 'lm-arena-chat', 64, 0.02736],
    ];
    for (const [model, accelerator, workload, concurrency, p50] of golden) {
      const found = validation.scored.find((one) => matches(one, model, accelerator, workload, concurrency));
      expect(Math.abs(found!.prediction.quantiles.p50 / p50 - 1), model).toBeLessThan(0.005);
    }
  });
});

function matches(one: ScoredRow, model: string, accelerator: string, workload: string, concurrency: number): boolean {
  const { row } = one;
  const names = one.model === model && one.accelerator === accelerator && row.workload === workload;
  return names && one.formula === SERVING && Math.round(row.concurrency ?? 0) === concurrency;
}

describe('a family that is left out', () => {
  it('can be measured anything: what is said of it does not move, and what is said of others does', {
    timeout: 60_000,
    ...needs('minutes'),
  }, () => {
    const isGemma = ({ model }: MeasuredRow) => model.startsWith('Gemma');
    const against = {
      ...shipped,
      rows: shipped.rows.filter((row) => isGemma(row) || row.model.startsWith('DeepSeek')),
    };
    const changed = {
      ...shipped,
      rows: shipped.rows.map((row) =>
        isGemma(row) ? { ...row, tps: row.tps! * 9, power_w: row.power_w! / 3, energy_wh: 5 } : row,
      ),
    };
    const [before, after] = [shipped, changed].map((learnt) => validated(learnt, against).scored);
    const medians = (scored: readonly ScoredRow[], isWanted: (row: MeasuredRow) => boolean) =>
      scored.filter(({ row }) => isWanted(row)).map(({ formula, prediction }) => [formula, prediction.quantiles]);
    expect(medians(after, isGemma)).toEqual(medians(before, isGemma));
    expect(medians(after, (row) => !isGemma(row))).not.toEqual(medians(before, (row) => !isGemma(row)));
  });
});

describe('a table of one’s own', () => {
  const row: MeasuredRow = {
    ...{ line: 0, dataset: 'own', model: 'Llama 3.1 8B', accelerator: 'H100', quantization: 'bf16', workload: 'mine' },
    ...{ modality: 'text', speculative_decoding: '', boundary: 'gpu_board', accelerator_count: 1 },
    ...{ input_tokens: 200, output_tokens: 400, concurrency: 16, energy_wh: 0.02 },
  };
  const changes = {
    plain: {},
    shape: { model: 'Mine 9B', total_params_b: 9, active_params_b: 9 },
    accelerator: { accelerator: 'H10O' },
    model: { model: 'Mine' },
    sizeless: { model: 'gemma-2-27b-it' },
    lifecycle: { boundary: 'lifecycle' },
    precision: { quantization: '' },
    wall: { boundary: 'node_ac' },
    facility: { boundary: 'facility' },
    drafts: { speculative_decoding: 'MTP' },
  } as const satisfies Readonly<Record<string, Partial<MeasuredRow>>>;
  type Change = keyof typeof changes;
  let own: Validation;

  beforeAll(() => {
    const rows = Object.values(changes).map((change, line) => ({ ...row, ...change, line }));
    own = validated(shipped, { file: 'own.csv', rows });
  }, 60_000);

  const lineOf = (change: Change) => Object.keys(changes).indexOf(change);
  const scored = (change: Change) =>
    own.scored.find((one) => one.formula === SERVING && one.row.line === lineOf(change))!;
  const causeOf = (change: Change) => own.unmatched.find((one) => one.row.line === lineOf(change))!;
  const p50 = (change: Change) => scored(change).prediction.quantiles.p50;

  it('is scored strictly where the catalogue has model, chip and precision, and loosely where a shape is taken from another', () => {
    expect(scored('plain')).toMatchObject({ match: 'strict', reason: 'basis: prior, Llama 3 left out' });
    expect(scored('shape').match).toBe('loose');
    expect(scored('shape').reason).toContain('Mine 9B taken to have the layers and cache of Nemotron Nano 9B v2');
  });

  it('names what is not known with what is nearest', () => {
    expect(causeOf('accelerator')).toMatchObject({ cause: 'unknown accelerator', detail: 'H10O (did you mean H100?)' });
    expect(causeOf('model').cause).toBe('unknown model without parameter counts');
    expect(causeOf('sizeless').detail).not.toContain('did you mean gemma-2-27b-it');
    expect(causeOf('lifecycle').cause).toBe('boundary that is never converted');
    expect(causeOf('precision').cause).toBe('precision unknown or not stated');
  });

  it('is predicted at its own boundary: more at the wall than at the boards, by the line of the chip', () => {
    expect(p50('wall') / p50('plain')).toBeGreaterThan(1.4);
    expect(p50('wall') / p50('plain')).toBeLessThan(1.75);
    expect(p50('facility') / p50('wall')).toBeCloseTo(Math.sqrt(1.05 * 1.6), 6);
  });

  it('is foretold less with drafts, where few queries wait for the weights', () => {
    expect(p50('drafts')).toBeLessThan(0.75 * p50('plain'));
    expect(scored('drafts').match).toBe('loose');
  });
});
