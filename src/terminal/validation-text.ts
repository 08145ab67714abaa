import { alignedLines, significant } from '../format.js';
import { printableLine } from '../printable.js';
import { BOUNDS } from '../validate/bounds.js';
import type { Grouping, Summary } from '../validate/summaries.js';
import type { Validation } from '../validate/validate.js';
import { ASSUMED_INPUTS } from '../validate/workload-inputs.js';
import { counted, listText } from '../words.js';

const HEAD = ['', 'rows', 'bias', 'sd', '|error|', '50 %', '90 %', 'slope'];

const TITLES: Readonly<Record<Grouping, string>> = {
  all: 'all rows',
  concurrency: 'by concurrency',
  dataset: 'by dataset',
  accelerator: 'by accelerator',
  precision: 'by precision',
  match: 'by match',
};

/** Scores for a reader at a terminal: both input lengths, what could not be matched, and the bounds. */
export function validationText(validation: Validation, folder: string): string {
  const { summaries, causes, apart, file, scored } = validation;
  const formulas = [...new Set(summaries.map(({ formula }) => formula))];
  const rows = new Set(scored.map(({ row }) => row)).size;
  return [
    printableLine(`${counted(rows, 'row')} of ${file} scored, each without its model's family in what is fitted`),
    boundariesText(scored),
    'bias and sd of ln(predicted / measured); 50 % and 90 %: share of measurements inside; slope per e-fold of concurrency',
    ...([0, 1] as const).flatMap((assumption) => ['', ...assumptionLines(summaries, formulas, assumption)]),
    '',
    inputsText(),
    ...apartLines(apart),
    ...causes.map(({ cause, rows: n, details }) =>
      printableLine(`not scored, ${counted(n, 'row')}: ${cause} (${listText(details.slice(0, 4))})`),
    ),
    '',
    ...boundsLines(validation),
    `validation.arrow and validation.html in ${folder}`,
  ].join('\n');
}

function assumptionLines(summaries: readonly Summary[], formulas: readonly string[], assumption: 0 | 1): string[] {
  const own = summaries.filter((one) => one.assumption === assumption);
  const title = assumption === 0 ? 'shorter' : 'longer';
  const lines = formulas.flatMap((formula) => {
    const rows = own.filter((one) => one.formula === formula && isShown(one, formula === formulas[0]));
    return [[`${formula}`, '', '', '', '', '', '', ''], ...rows.map(cellsOf)];
  });
  return [`${title} of the two input lengths, where a row states none`, ...alignedLines([HEAD, ...lines])];
}

/** Of formulas that stand beside, all rows and the buckets alone. */
function isShown({ by }: Summary, isFirst: boolean): boolean {
  return isFirst || by === 'all' || by === 'concurrency' || by === 'match';
}

function cellsOf({ by, group, n, bias, sd, median_abs, coverage50, coverage90, slope }: Summary): string[] {
  const name = by === 'all' ? TITLES.all : `${TITLES[by]}: ${group}`;
  const few = n < BOUNDS.rows ? ' (few)' : '';
  const numbers = [bias, sd, median_abs, coverage50, coverage90].map((value) => significant(value, 2));
  return [`  ${name}`, `${n}${few}`, ...numbers, slope === null || by !== 'all' ? '–' : significant(slope, 2)];
}

/** How many rows are compared at which boundary; the figures of none are brought to another one's. */
function boundariesText(scored: Validation['scored']): string {
  const rows = new Map(scored.map(({ row, boundary }) => [row, boundary]));
  const boundaries = [...new Set(rows.values())];
  const counts = boundaries.map((one) => `${one} ${[...rows.values()].filter((other) => other === one).length}`);
  const mixed = boundaries.length > 1 ? 'mixed boundaries; ' : '';
  return `${mixed}each row is compared at its own boundary (${counts.join(', ')}), to which predictions are converted`;
}

function inputsText(): string {
  const texts = Object.entries(ASSUMED_INPUTS).map(
    ([workload, { lengths, source }]) => `${workload} ${lengths[0]} or ${lengths[1]} (${source})`,
  );
  return `input tokens, where none are stated: ${texts.join('; ')}`;
}

function apartLines(apart: Validation['apart']): string[] {
  return apart.map(({ row }) => {
    const energy = row.energy_wh === undefined ? '–' : `${significant(row.energy_wh)} Wh`;
    const joules =
      row.joules_per_token === undefined ? '' : `, ${significant(row.joules_per_token)} J per output token`;
    return printableLine(`apart: ${row.dataset}, ${row.model}, ${row.workload}: ${energy}${joules} (${row.boundary})`);
  });
}

function boundsLines({ beyond }: Validation): string[] {
  const { coverage90, bias, slope, sd, rows } = BOUNDS;
  const bounds = `90 % intervals cover ${coverage90}, |bias| below ${bias} (each bucket of ${rows} rows or more), slope within ±${slope}, sd below ${sd}`;
  if (beyond.length === 0) return [`within bounds: ${bounds}`];
  return [...beyond.map((sentence) => `beyond bounds: ${sentence}`), `bounds: ${bounds}`];
}

/** What is beyond bounds, in one line: for the mail of a job. */
export function validationReason({ beyond }: Validation): string {
  return printableLine(beyond.join('; '));
}
