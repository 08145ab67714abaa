import type { NestedBoundary } from '../model/boundary.js';
import type { IdentifiedRow } from './identify.js';
import type { MeasuredRow } from './measured-row.js';

/** What a formula says of a row before its measurement is seen: quantiles of the mean energy of a request, Wh, at the row's boundary. */
export interface Prediction {
  readonly quantiles: Readonly<Record<Quantile, number>>;
  /** Probability that the formula gives to less than was measured. */
  readonly pit: number;
}

export const QUANTILES = ['p05', 'p25', 'p50', 'p75', 'p95'] as const;
export type Quantile = (typeof QUANTILES)[number];

/** Probabilities of the quantiles, in their order. */
export const PROBABILITIES: Readonly<Record<Quantile, number>> = {
  p05: 0.05,
  p25: 0.25,
  p50: 0.5,
  p75: 0.75,
  p95: 0.95,
};

/** `strict`: the same model, chip, precision and accelerators; `loose`: one of them differs, which `reason` names. */
export type Match = 'strict' | 'loose';

/** One row beside what one formula says of it, at one input length. */
export interface ScoredRow {
  readonly row: MeasuredRow;
  readonly model: string;
  readonly family: string;
  readonly accelerator: string;
  readonly precision: string;
  /** As the row states it, or one of the two that its workload allows. */
  readonly input_tokens: number;
  /** Which of the two: 0 or 1; 0 and 1 are the same where the row states it. */
  readonly assumption: 0 | 1;
  readonly boundary: NestedBoundary;
  readonly measured_wh: number;
  readonly formula: string;
  readonly match: Match;
  /** What the prediction rests on, and what differs. */
  readonly reason: string;
  readonly prediction: Prediction;
}

/** A row that can be scored: identified, with concurrency, lengths and a boundary that converts. */
export interface ScorableRow extends IdentifiedRow {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly concurrency: number;
  readonly boundary: NestedBoundary;
  readonly measured_wh: number;
}
