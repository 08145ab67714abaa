import { DAY_METHODS } from '../analysis/day-effect-rows.js';
import { ALL_SOURCES } from '../analysis/day-effects.js';
import { alignedLines, significant } from '../format.js';
import { printableLine } from '../printable.js';
import type { SensitivityRow } from '../tables/studies.js';
import { counted } from '../words.js';

/** What moves a fleet's day most, in one sentence for each mix; none without rows of a fleet. */
export function dayConclusions(rows: readonly SensitivityRow[]): string[] {
  return mixesOf(rows).map((own) => {
    const [first] = own;
    const known = own.find(({ parameter }) => parameter === ALL_SOURCES);
    const most = `${first.parameter} moves it most, ${rangeText(first)}`;
    const told = known
      ? `is known to ${rangeText(known)}; ${most}`
      : `takes ${numberText(first.base)} ${first.unit}; ${most}, were it the same for all queries`;
    return printableLine(`a day of ${first.subject} ${told}`);
  });
}

/** The ranked tables of the days of a fleet. */
export function dayLines(rows: readonly SensitivityRow[]): string[] {
  return mixesOf(rows).flatMap((own) => {
    const [{ subject, output, unit, base, n, method }] = own;
    const title = `fleet, ${subject}: ${output}, ${unit}`;
    const lines = own.map((row) => [`  ${row.parameter}`, ...[row.low, row.high, row.swing].map(numberText)]);
    const table = alignedLines([[title, 'low', 'high', 'swing'], ...lines]);
    return [
      '',
      ...table.map(printableLine),
      `  (${HOW[method]}; ${numberText(base)} where none is; ${counted(n, 'query', 'queries')} a world)`,
    ];
  });
}

const HOW: Readonly<Record<string, string>> = {
  [DAY_METHODS.stated]: 'each at its P5, then at its P95, for all queries, what else is shared at its median',
  [DAY_METHODS.supposed]: 'nothing is shared here: each as if all queries had its P5, then its P95',
};

function mixesOf(rows: readonly SensitivityRow[]): (readonly [SensitivityRow, ...SensitivityRow[]])[] {
  const groups = new Map<string, [SensitivityRow, ...SensitivityRow[]]>();
  for (const row of rows.filter(({ subject_kind }) => subject_kind === 'mix')) {
    const known = groups.get(row.subject);
    if (known) known.push(row);
    else groups.set(row.subject, [row]);
  }
  return [...groups.values()];
}

function rangeText({ low, high, unit }: SensitivityRow): string {
  return `${numberText(low)} to ${numberText(high)} ${unit}`;
}

function numberText(value: number | null): string {
  return value === null ? 'none' : significant(value);
}
