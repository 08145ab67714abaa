import type { Trim } from '../model/blend.js';
import { BASELINE } from '../model/pathway.js';
import { shownTrim } from '../result/shown-trim.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import type { SummaryRow } from '../tables/schema.js';
import type { UncertaintyRow } from '../tables/worlds.js';
import type { Choice } from './choice.js';
import type { WholeSide } from './whole-run.js';

/** One side with all that its whole run found. */
export interface RunSide {
  readonly name: string;
  readonly choice: Choice;
  readonly scenario: ResolvedScenario;
  readonly whole: WholeSide;
}

/** Which row of a side's summary. */
export interface Which {
  readonly metric: string;
  readonly regime: string;
  readonly subject: string;
  /** None, if absent. */
  readonly pathway?: string;
  /** The first one, if absent. */
  readonly formula?: string;
}

/** The row of a quantity as the page shows it: trimmed where the scenario states what was published. */
export function rowOf({ scenario, whole }: RunSide, which: Which): SummaryRow | undefined {
  const isRow = isShown(which, trimOf(scenario, which.subject));
  const { summary } = whole.run;
  if (which.formula === undefined) return ofFirstFormula(summary).find(isRow);
  return summary.find((row) => row.formula === which.formula && isRow(row));
}

/** Pathways and ways of serving outside production that a side has energies of, in the chosen kind of query. */
export function pathwaysOf({ choice, whole }: RunSide): string[] {
  const own = whole.run.summary.filter(isEnergyOf(choice));
  return [...new Set(own.map(({ pathway }) => pathway))].filter((pathway) => pathway !== BASELINE);
}

/** Formulas that a side has energies by. */
export function formulasOf({ choice, whole }: RunSide): string[] {
  return [...new Set(whole.run.summary.filter(isEnergyOf(choice)).map(({ formula }) => formula))];
}

function isEnergyOf({ regime, subject }: Choice): (row: SummaryRow) => boolean {
  return (row) => row.metric === 'energy' && row.regime === regime && row.subject === subject;
}

/** How well the median of a quantity is known: P5 and P95 over worlds. Undefined where no worlds were drawn of it. */
export function knownOf({ scenario, whole }: RunSide, which: Which): readonly [low: number, high: number] | undefined {
  const isMedian = isShown(which, trimOf(scenario, which.subject));
  const row = whole.uncertainty?.find((one) => one.statistic === 'p50' && isMedian(one));
  return row === undefined || row.p05 === null || row.p95 === null ? undefined : [row.p05, row.p95];
}

/** The same of a mix's day, in GWh. */
export function knownDay(
  { whole }: RunSide,
  mix: string,
  improvement: string,
): readonly [low: number, high: number] | undefined {
  const isDay = ({ metric, subject, pathway }: UncertaintyRow) =>
    metric === 'energy_per_day' && subject === mix && pathway === improvement;
  const row = whole.uncertainty?.find(isDay);
  if (row === undefined || row.p05 === null || row.p95 === null) return undefined;
  const scale = row.unit.startsWith('MWh') ? 1 / MWH_PER_GWH : 1;
  return [row.p05 * scale, row.p95 * scale];
}

const MWH_PER_GWH = 1000;

function trimOf(scenario: ResolvedScenario, subject: string): Trim {
  return scenario.blends.some(({ name }) => name === subject) ? shownTrim(scenario) : 'none';
}

type Names = Pick<SummaryRow, 'metric' | 'regime' | 'subject' | 'pathway' | 'trim'>;

function isShown({ metric, regime, subject, pathway = BASELINE }: Which, trim: Trim): (row: Names) => boolean {
  return (row) =>
    row.metric === metric &&
    row.regime === regime &&
    row.subject === subject &&
    row.pathway === pathway &&
    row.trim === trim;
}
