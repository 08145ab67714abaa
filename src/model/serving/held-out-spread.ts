import { ln, square } from '../../distributions/elementary.js';
import {
  type ArithmeticPriors,
  fitServingLaw,
  predictServing,
  type ServingLaw,
  type ServingRow,
} from './serving-law.js';

/** The law as families that it has not seen would judge it. */
export interface JudgedLaw {
  readonly law: ServingLaw;
  /** Standard deviation of ln energy about the law, of models of families that it was not fitted to. */
  readonly family_sd: number;
  /** The same between accelerators that it was and was not fitted to; what an unknown accelerator adds. */
  readonly accelerator_sd: number;
  /** Families that the spread was learnt from. */
  readonly families: number;
  readonly accelerators: readonly string[];
  /** Queries in flight of the rows, least and most. */
  readonly concurrency: readonly [least: number, most: number];
}

/** Arithmetic priors with some families left out of them. */
export type PriorsWithout = (families: readonly string[]) => ArithmeticPriors;

/**
 * Fits the law to rows of all families but one (`leftOut`; all, where it is not among them), and its spread by leaving out each of the
 * others in turn as well: what is said of a family, spread included, has seen no row of it. Families count alike, whatever their rows.
 */
export function judgeLaw(rows: readonly ServingRow[], leftOut: string | undefined, priors: PriorsWithout): JudgedLaw {
  const used = rows.filter(({ family }) => family !== leftOut);
  const away = leftOut === undefined ? [] : [leftOut];
  const families = distinct(used.map(({ family }) => family));
  const squares = families.map((family) => {
    const law = fitServingLaw(
      used.filter((row) => row.family !== family),
      priors([...away, family]),
    );
    return mean(used.filter((row) => row.family === family).map((row) => square(lnError(law, row))));
  });
  const concurrencies = used.map(({ queries }) => queries.concurrency);
  return {
    law: fitServingLaw(used, priors(away)),
    family_sd: Math.sqrt(mean(squares)),
    accelerator_sd: acceleratorSd(used, priors(away)),
    families: families.length,
    accelerators: distinct(used.map(({ accelerator }) => accelerator)),
    concurrency: [Math.min(...concurrencies), Math.max(...concurrencies)],
  };
}

/** Root mean square over accelerators of what leaving one out moves its rows by, on average; 0 where there is one only. */
function acceleratorSd(rows: readonly ServingRow[], priors: ArithmeticPriors): number {
  const accelerators = distinct(rows.map(({ accelerator }) => accelerator));
  if (accelerators.length < 2) return 0;
  const shifts = accelerators.map((accelerator) => {
    const law = fitServingLaw(
      rows.filter((row) => row.accelerator !== accelerator),
      priors,
    );
    return mean(rows.filter((row) => row.accelerator === accelerator).map((row) => lnError(law, row)));
  });
  return Math.sqrt(mean(shifts.map(square)));
}

/** ln of predicted over measured energy per output token; of seconds where power was not measured. */
export function lnError(law: ServingLaw, { deployment, queries, tps, power_w }: ServingRow): number {
  const predicted = predictServing(law, deployment, queries);
  return ln(tps / predicted.tps) + (power_w === undefined ? 0 : ln(predicted.power_w / power_w));
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
