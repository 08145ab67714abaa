import type { PriorsWithout } from '../model/serving/held-out-spread.js';
import { beyondBounds } from './bounds.js';
import type { Catalogue } from './catalogue.js';
import { identify, type Unmatched } from './identify.js';
import { REGRESSION, regressionPredictor } from './predict-regression.js';
import type { ScenarioPredictor } from './predict-scenario.js';
import { SERVING, servingPredictor, servingRow } from './predict-serving.js';
import type { MeasuredTable } from './read-measured.js';
import { NO_CONCURRENCY, scorable } from './scorable.js';
import type { ScorableRow, ScoredRow } from './scored-row.js';
import { type Summary, summariesOf } from './summaries.js';

/** What validation learns from, and what it judges. */
export interface ValidationInput {
  readonly catalogue: Catalogue;
  /** Rows that the serving law and the regression may learn from. */
  readonly learnt: MeasuredTable;
  /** Rows to score: the same table, or one's own. */
  readonly against: MeasuredTable;
  readonly priors: PriorsWithout;
  readonly scenario: { readonly formula: string; readonly predict: ScenarioPredictor };
}

/** Rows that could not be scored, for one cause. */
export interface Cause {
  readonly cause: string;
  readonly rows: number;
  /** What they are about, most frequent first. */
  readonly details: readonly string[];
}

/** Predictions beside measurements, and what they come to. */
export interface Validation {
  readonly file: string;
  readonly scored: readonly ScoredRow[];
  readonly unmatched: readonly Unmatched[];
  readonly causes: readonly Cause[];
  /** Rows without concurrency: production services and tests at the wall. They are shown and not scored. */
  readonly apart: readonly Unmatched[];
  readonly summaries: readonly Summary[];
  /** Bounds that the serving law is beyond. */
  readonly beyond: readonly string[];
}

/** Both input lengths of a row, in the order of their summaries. */
type BothLengths = readonly [ScorableRow, ScorableRow];

/**
 * What would have been said of each row, with its family left out of all that is fitted, beside what was measured. Nothing is drawn:
 * predictions are quantiles of distributions that are known in closed form.
 */
export function validate({ catalogue, learnt, against, priors, scenario }: ValidationInput): Validation {
  const { rows: known } = matched(learnt, catalogue);
  const { rows, unmatched } = matched(against, catalogue);
  const scored = ([0, 1] as const).flatMap((assumption) => {
    const teachers = known.map((both) => both[assumption]);
    const serve = servingPredictor(teachers.flatMap(servingRow), priors);
    const regress = regressionPredictor(teachers);
    return rows.flatMap((both) => {
      const row = both[assumption];
      const basis = { match: row.loosely.length === 0 ? 'strict' : 'loose', reason: reasonOf(row) } as const;
      const own = scenario.predict(row);
      return [
        { ...commonOf(row, assumption), ...basis, formula: SERVING, prediction: serve(row) },
        { ...commonOf(row, assumption), ...basis, formula: REGRESSION, prediction: regress(row) },
        ...(own === undefined ? [] : [{ ...commonOf(row, assumption), formula: scenario.formula, ...own }]),
      ];
    });
  });
  const summaries = summariesOf(scored);
  return {
    file: against.file,
    scored,
    unmatched,
    causes: causesOf(unmatched),
    apart: unmatched.filter(({ cause }) => cause === NO_CONCURRENCY),
    summaries,
    beyond: beyondBounds(summaries, SERVING),
  };
}

function matched({ rows }: MeasuredTable, catalogue: Catalogue) {
  const all = rows.map((row) => {
    const identified = identify(row, catalogue);
    return 'cause' in identified ? identified : scorable(identified);
  });
  return {
    rows: all.filter((one): one is BothLengths => !('cause' in one)),
    unmatched: all.filter((one): one is Unmatched => 'cause' in one),
  };
}

function commonOf(one: ScorableRow, assumption: 0 | 1) {
  const { row, model, family, accelerator, precision, input_tokens, boundary, measured_wh } = one;
  return { row, model, family, accelerator, precision, input_tokens, assumption, boundary, measured_wh };
}

function reasonOf({ loosely, family }: ScorableRow): string {
  return [`basis: prior, ${family} left out`, ...loosely].join('; ');
}

function causesOf(unmatched: readonly Unmatched[]): Cause[] {
  const causes = [...new Set(unmatched.map(({ cause }) => cause))];
  return causes
    .map((cause) => {
      const own = unmatched.filter((one) => one.cause === cause);
      return { cause, rows: own.length, details: [...new Set(own.map(({ detail }) => detail))] };
    })
    .sort((a, b) => b.rows - a.rows);
}
