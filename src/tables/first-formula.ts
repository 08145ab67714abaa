/** What tells distributions apart, by whatever formula they are. */
const NAMES = ['regime', 'subject_kind', 'subject', 'pathway', 'trim', 'metric'] as const;

type Names = Readonly<Record<(typeof NAMES)[number] | 'formula', string | number | null>>;

/**
 * The rows of the scenario's first formula, which stand before those of others: what readers are shown of a summary or of bins.
 *
 * @param cellOf tells the cells of a sweep apart, each with a first formula of its own
 */
export function ofFirstFormula<R extends Names>(rows: readonly R[], cellOf: (row: R) => unknown = () => 0): R[] {
  const first = new Map<string, R['formula']>();
  return rows.filter((row) => {
    const key = [cellOf(row), ...NAMES.map((name) => row[name])].join('\n');
    const known = first.get(key);
    if (known === undefined) first.set(key, row.formula);
    return known === undefined || known === row.formula;
  });
}
