import { readFileSync } from 'node:fs';
import { parseCsv } from './csv.js';

/** One benchmark: mean prompt and answer length in tokens, output tokens per second of the whole 8-GPU node. */
export interface ThroughputRow {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly tps: number;
}

/** Piecewise regression of one model: ln tps = intercept + a ln input + b ln output, up to the cap. */
export interface ThroughputFit {
  readonly model: string;
  readonly rows: readonly ThroughputRow[];
  /** 'constant' is a model with two rows: tps is the cap, whatever the lengths. */
  readonly kind: 'ols' | 'constant';
  readonly intercept: number;
  readonly inputSlope: number;
  readonly outputSlope: number;
  /** 1 - residual / total sum of squares of ln tps; NaN for a constant. */
  readonly rSquared: number;
  /** Highest observed tps, tok/s. */
  readonly capTps: number;
  /** Range of output_tokens in the rows. */
  readonly outputRange: readonly [number, number];
}

/**
 * tps at one pair of lengths; `capped` says that the regression alone would give more than the cap. DeepSeek-R1's three
 * rows are interpolated, so that at (500, 2000) it meets its cap exactly: a tie, within rounding, is not above the cap.
 */
export interface Throughput {
  readonly tps: number;
  readonly capped: boolean;
}

/** Rounding in ln tps that still counts as a tie with the cap. */
const TIE = 1e-9;

/** Lengths below this count as this inside the logarithm. */
const SHORTEST = 1e-6;

/** The 25-row dataset of Oviedo et al. (model_throughput_DB.csv, MIT), as the project ships it. */
export const DATASET = new URL('../../scenarios/data/throughput-oviedo.csv', import.meta.url);

/** Rows of one quantisation whose lengths are both numbers. */
export function readRows(quantization = 'FP8', file: URL = DATASET): ThroughputRow[] {
  return parseCsv(readFileSync(file, 'utf8'))
    .filter((record) => record.get('quantization') === quantization)
    .map((record) => ({
      model: record.get('model') ?? '',
      inputTokens: Number.parseFloat(record.get('input_tokens') ?? ''),
      outputTokens: Number.parseFloat(record.get('output_tokens') ?? ''),
      tps: Number(record.get('node_tokens_per_second')),
    }))
    .filter((row) => Number.isFinite(row.inputTokens) && Number.isFinite(row.outputTokens));
}

/** Fits of every model with two rows or more, in the order of their first rows. */
export function fitAll(rows: readonly ThroughputRow[]): ThroughputFit[] {
  const names = [...new Set(rows.map((row) => row.model))];
  return names
    .map((name) => rows.filter((row) => row.model === name))
    .flatMap((own) => (own.length < 2 ? [] : fitModel(own)));
}

/** Node throughput at the given lengths (tokens). */
export function throughputAt(fit: ThroughputFit, inputTokens: number, outputTokens: number): Throughput {
  if (fit.kind === 'constant') return { tps: fit.capTps, capped: false };
  const lnTps = fit.intercept + fit.inputSlope * lnLength(inputTokens) + fit.outputSlope * lnLength(outputTokens);
  return { tps: Math.min(Math.exp(lnTps), fit.capTps), capped: lnTps > Math.log(fit.capTps) + TIE };
}

function fitModel(rows: readonly ThroughputRow[]): ThroughputFit {
  const outputs = rows.map((row) => row.outputTokens);
  const observed = {
    model: rows[0].model,
    rows,
    capTps: Math.max(...rows.map((row) => row.tps)),
    outputRange: [Math.min(...outputs), Math.max(...outputs)] as const,
  };
  if (rows.length === 2) {
    const intercept = Math.log(observed.capTps);
    return { ...observed, kind: 'constant', intercept, inputSlope: 0, outputSlope: 0, rSquared: Number.NaN };
  }
  // Least squares by Gram-Schmidt on centred columns: x1, then the part of x2 orthogonal to it, are independent targets.
  const lnInput = rows.map((row) => lnLength(row.inputTokens));
  const lnOutput = rows.map((row) => lnLength(row.outputTokens));
  const lnTps = rows.map((row) => Math.log(row.tps));
  const x1 = centred(lnInput);
  const x2 = centred(lnOutput);
  const y = centred(lnTps);
  const overlap = dot(x1, x2) / dot(x1, x1);
  const q2 = x2.map((value, i) => value - overlap * x1[i]);
  const outputSlope = dot(q2, y) / dot(q2, q2);
  const inputSlope = dot(x1, y) / dot(x1, x1) - overlap * outputSlope;
  const residual = y.map((value, i) => value - inputSlope * x1[i] - outputSlope * x2[i]);
  return {
    ...observed,
    kind: 'ols',
    intercept: average(lnTps) - inputSlope * average(lnInput) - outputSlope * average(lnOutput),
    inputSlope,
    outputSlope,
    rSquared: 1 - dot(residual, residual) / dot(y, y),
  };
}

const lnLength = (tokens: number) => Math.log(Math.max(tokens, SHORTEST));
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const average = (a: readonly number[]) => a.reduce((sum, value) => sum + value, 0) / a.length;
const centred = (a: readonly number[]) => {
  const mean = average(a);
  return a.map((value) => value - mean);
};
