import { exp, ln } from '../../distributions/elementary.js';
import { posteriorMode } from '../throughput/posterior-mode.js';

/** Power of an accelerator that serves, as shares of its rated power: a straight line in throughput with an intercept. */
export interface PowerAtLoad {
  /** As the load goes to 0. */
  readonly active: number;
  /** What full load adds. */
  readonly span: number;
}

/** An accelerator's power at a load between 0 and 1, both as shares: of rated power, and of the throughput of a full step. */
export interface MeasuredPower {
  readonly load: number;
  readonly share: number;
}

/** What is known before the rows: next to nothing, a factor of e^1 either way of two thirds and one third of the rated power. */
const PRIOR = [
  { of: [1, 0], mean: ln(0.6), sd: 1 },
  { of: [0, 1], mean: ln(0.3), sd: 1 },
];

/** Scale of the Student t loss, in ln: about the spread of power at one load (0.13 of rated power in ML.ENERGY v3). */
const SCALE = 0.15;

/** Fits the line to measured power by the mode of its posterior. */
export function fitPowerAtLoad(rows: readonly MeasuredPower[]): PowerAtLoad {
  const observations = rows.map(({ load, share }) => ({ factors: [1, load], lnSum: ln(share) }));
  const { theta } = posteriorMode({ observations, prior: PRIOR, scale: SCALE }, [ln(0.6), ln(0.3)]);
  return { active: exp(theta[0]), span: exp(theta[1]) };
}

/** Share of rated power at a load; the rating bounds it. */
export function powerShare({ active, span }: PowerAtLoad, load: number): number {
  return Math.min(1, active + span * load);
}

/**
 * Power with so many queries in flight over that with the fewest of the rows, where the line through them ends: 1 from there on. The
 * shape is that of an H100 against batch, P = 300 + 300 / (1 + exp(4.2 - log2 batch)) W, in fleet-sim's profiles (of arXiv 2602.05116,
 * figure 2, and ML.ENERGY v3; fit error below 3 %).
 */
export function belowRows(in_flight: number, fewest: number): number {
  return in_flight >= fewest ? 1 : batchPower(in_flight) / batchPower(fewest);
}

function batchPower(batch: number): number {
  return 300 + 300 / (1 + exp(4.2 - ln(batch) / Math.LN2));
}
