import { alignedLines, percent, significant } from '../format.js';
import { sharesBetweenFormulas } from '../result/formula-variance.js';
import type { RunTables } from '../result/rows/tables.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import { isPlainEnergy } from '../tables/plain-energies.js';
import type { SummaryRow } from '../tables/schema.js';

/**
 * Median energies of a regime by each formula over the same draws, and how much of the variance of ln energy lies between them; no lines where
 * there is one formula.
 */
export function formulaLines(
  { summary, histogram }: Readonly<Pick<RunTables, 'summary' | 'histogram'>>,
  regime: string,
): string[] {
  const energies = summary.filter((row) => row.regime === regime && isPlainEnergy(row));
  const first = ofFirstFormula(energies);
  const others = energies.filter((row) => !first.includes(row));
  if (others.length === 0) return [];
  const formulas = [...new Set(others.map(({ formula }) => formula))];
  const forms = [...new Set(first.map(({ formula }) => formula))].filter((name) => !name.includes(' and '));
  const median = (row: SummaryRow | undefined) => (row ? significant(row.p50 ?? Number.NaN) : '–');
  const isAbout = (row: SummaryRow) => (one: SummaryRow) =>
    one.subject === row.subject && one.subject_kind === row.subject_kind;
  const shares = sharesBetweenFormulas(histogram.filter((bin) => bin.regime === regime));
  const between = (row: SummaryRow) => {
    const found = shares.find((one) => one.subject === row.subject && one.subject_kind === row.subject_kind);
    return found ? percent(found.share) : '–';
  };
  return [
    '',
    ...alignedLines([
      [`${regime}, median Wh by formula`, forms.join(' and '), ...formulas, 'between them'],
      ...first.map((row) => {
        const own = others.filter(isAbout(row));
        return [
          `  ${row.subject}`,
          median(row),
          ...formulas.map((formula) => median(own.find((one) => one.formula === formula))),
          between(row),
        ];
      }),
    ]),
  ];
}
