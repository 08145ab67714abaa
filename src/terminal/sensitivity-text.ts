import { METHODS, type MethodName } from '../analysis/methods.js';
import type { AnalysisReport } from '../analysis/run-analysis.js';
import { alignedLines, count, significant } from '../format.js';
import { SHOWN_METRICS } from '../model/impact/index.js';
import { printableLine } from '../printable.js';
import type { SensitivityRow } from '../tables/studies.js';
import { counted } from '../words.js';
import { dayConclusions, dayLines } from './day-effects-text.js';
import { levelLines } from './level-lines.js';

type Numbers = Extract<keyof SensitivityRow, string>;

/** Columns shown for each method, with the column of their half-widths. */
const SHOWN: Readonly<Record<MethodName, readonly (readonly [name: Numbers, conf?: Numbers])[]>> = {
  sobol: [
    ['s1', 's1_conf'],
    ['st', 'st_conf'],
    ['s2', 's2_conf'],
  ],
  shapley: [['shapley', 'shapley_conf']],
  morris: [['mu'], ['mu_star', 'mu_star_conf'], ['sigma']],
  tornado: [['low'], ['high'], ['swing']],
  regression: [['src', 'src_conf'], ['srrc', 'srrc_conf'], ['r2'], ['r2_rank']],
  pawn: [['median', 'median_conf'], ['mean'], ['maximum']],
};

/** An analysis for a reader at a terminal: a table per regime, subject and output. */
export function sensitivityText(report: AnalysisReport, method: MethodName): string {
  const { scenario, folder, file } = report;
  const { effect } = METHODS[method];
  const rows = report.rows.filter(({ subject_kind }) => subject_kind !== 'mix');
  const days = dayConclusions(report.rows);
  const constant = new Set([...groupsOf(rows).values()].filter((group) => isConstant(group, method)).map(subjectOf));
  const groups = [...groupsOf(rows).values()].filter((group) => !constant.has(subjectOf(group)));
  const nothing = 'nothing is uncertain in this scenario: all its inputs are constants';
  return [
    ...conclusion(groups, method, days),
    ...levelLines(report.levels ?? []),
    `${scenario.name}: ${method}, seed "${scenario.seed}", sorted by ${effect}`,
    ...(groups.length === 0 ? [nothing] : groups.flatMap((group) => ['', ...groupLines(group, method)])),
    ...(groups.length === 0 ? [] : constantNotes([...constant], rows[0].output)),
    ...dayLines(report.rows),
    '',
    `${counted(report.rows.length, 'row')} in ${folder}/${file}`,
  ].join('\n');
}

/** What moves the energy most, in one sentence, and what moves a fleet's days; nothing where nothing does. */
function conclusion(
  groups: readonly (readonly SensitivityRow[])[],
  method: MethodName,
  days: readonly string[],
): string[] {
  const lines = [...ofQueries(groups, method), ...days];
  return lines.length === 0 ? [] : [...lines, ''];
}

function ofQueries(groups: readonly (readonly SensitivityRow[])[], method: MethodName): string[] {
  const energies = groups.filter(([{ output }]) => isMetric(output));
  const first = new Map<string, number[]>();
  for (const [top] of energies) {
    const effect = Number(top[METHODS[method].effect]);
    first.set(top.parameter, [...(first.get(top.parameter) ?? []), Math.abs(effect)]);
  }
  const ranked = [...first].sort(([, one], [, other]) => other.length - one.length);
  if (ranked.length === 0) return [];
  const [[parameter, effects], ...others] = ranked;
  const which =
    effects.length === energies.length
      ? 'every model and blend'
      : `${effects.length} of ${energies.length} models and blends`;
  const size = `${METHODS[method].effect} ${rangeOf(effects)}`;
  const rest = others.map(([name, { length }]) => `${name} for ${length}`);
  const besides = rest.length === 0 ? '' : `; ${rest.join(', ')}`;
  return [printableLine(`${parameter} moves the ${energies[0][0].output} of ${which} most (${size})${besides}`)];
}

function rangeOf(numbers: readonly number[]): string {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)].map((number) => significant(number, 2));
  return low === high ? low : `${low} to ${high}`;
}

/** Subjects that nothing moves have rows of zeros in the table, and a line here. */
function constantNotes(subjects: readonly string[], metric: string): string[] {
  return subjects.map(
    (subject, i) => `${i === 0 ? '\n' : ''}note: ${subject}: no input moves its ${metric}, all are constant`,
  );
}

/** Whether an output is what is analysed itself, and neither its logarithm nor a target. */
function isMetric(output: string): boolean {
  return SHOWN_METRICS.some((metric) => metric === output);
}

function isConstant(group: readonly SensitivityRow[], method: MethodName): boolean {
  return isMetric(group[0].output) && group.every((row) => row[METHODS[method].effect] === 0);
}

function subjectOf([{ regime, subject }]: readonly SensitivityRow[]): string {
  return printableLine(`${regime}, ${subject}`);
}

function groupsOf(rows: readonly SensitivityRow[]): Map<string, SensitivityRow[]> {
  const groups = new Map<string, SensitivityRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.regime, row.subject_kind, row.subject, row.output]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function groupLines(rows: readonly SensitivityRow[], method: MethodName): string[] {
  const [{ regime, subject, output, n, n_dropped, conf_level }] = rows;
  const shown = SHOWN[method].filter(([name]) => rows.some((row) => row[name] !== null));
  const interval = conf_level === null ? '' : `, ± at ${significant(conf_level * 100, 2)} %`;
  const dropped =
    n_dropped > 0 ? `; ${count(n_dropped)} of ${counted(n + n_dropped, 'row')} left out: no finite value` : '';
  return [
    ...alignedLines([
      [`${regime}, ${subject}: ${output}`, ...shown.map(([name]) => name)],
      ...rows.map((row) => [`  ${row.parameter}`, ...shown.map(([name, conf]) => cell(row, name, conf))]),
    ]),
    rows[0].method === CLOSED
      ? '  (in closed form: nothing was sampled)'
      : `  (${counted(n, 'row')}${interval}${dropped})`,
  ];
}

/** What tables call the indices of products. */
const CLOSED = 'sobol closed form';

function cell(row: SensitivityRow, name: Numbers, conf: Numbers | undefined): string {
  const value = row[name];
  if (typeof value !== 'number') return '';
  const half = conf === undefined ? null : row[conf];
  return typeof half === 'number' ? `${value.toFixed(3)} ± ${half.toFixed(3)}` : significant(value);
}
