import { type JudgedLaw, judgeLaw, type PriorsWithout } from '../model/serving/held-out-spread.js';
import { cumulativeOf, predictEnergy, quantileOf, times } from '../model/serving/predicted-energy.js';
import { predictServing, type ServingRow } from '../model/serving/serving-law.js';
import { fromBoards } from './at-boundary.js';
import { PROBABILITIES, type Prediction, QUANTILES, type Quantile, type ScorableRow } from './scored-row.js';

/** The formula's name in tables: the request-cost law of a model without rows, with power against load. */
export const SERVING = 'request-cost';

/** Predicts the energy of rows by the serving law, each family's from the rows of the others; one law is fitted for each family. */
export function servingPredictor(
  learnt: readonly ServingRow[],
  priors: PriorsWithout,
): (row: ScorableRow) => Prediction {
  const laws = new Map<string, JudgedLaw>();
  const families = new Set(learnt.map(({ family }) => family));
  const lawWithout = (family: string) => {
    // Of a family without rows, all laws are one.
    const key = families.has(family) ? family : '';
    const law = laws.get(key) ?? judgeLaw(learnt, family, priors);
    laws.set(key, law);
    return law;
  };
  return (row) => predictionOf(lawWithout(row.family), row);
}

function predictionOf(judged: JudgedLaw, row: ScorableRow): Prediction {
  const { deployment, hardware, boundary, accelerator } = row;
  const { power_w } = predictServing(judged.law, deployment, row);
  const { median, ln_sd } = fromBoards(hardware, power_w / deployment.gpu_count, boundary);
  const energy = times(predictEnergy(judged, accelerator, deployment, row), median, ln_sd);
  return {
    quantiles: valuesOf((quantile) => quantileOf(energy, PROBABILITIES[quantile])),
    pit: cumulativeOf(energy, row.measured_wh),
  };
}

/** One value for each quantile. */
export function valuesOf(value: (quantile: Quantile) => number): Prediction['quantiles'] {
  const [p05, p25, p50, p75, p95] = QUANTILES.map(value);
  return { p05, p25, p50, p75, p95 };
}

/** What the serving law learns from: rows of servers with throughput, of text, without drafts, at the boards where power counts. */
export function servingRow(row: ScorableRow): ServingRow[] {
  const { family, accelerator, deployment, input_tokens, output_tokens, concurrency } = row;
  const { tps, power_w, boundary } = row.row;
  if (tps === undefined || deployment.tokens_per_step > 1) return [];
  const queries = { input_tokens, output_tokens, concurrency };
  const power = power_w === undefined || boundary !== 'gpu_board' ? {} : { power_w };
  const input_is_assumed = row.row.input_tokens === undefined;
  return [{ family, accelerator, deployment, queries, input_is_assumed, tps, ...power }];
}
