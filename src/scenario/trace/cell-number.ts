/**
 * The number in a cell; NaN where it says nothing, and undefined where it says something that is no length or weight: what has a
 * digit in it is never taken for a missing one.
 */
export function cellNumber(cell: unknown): number | undefined {
  if (typeof cell === 'number') return Number.isNaN(cell) ? cell : within(cell);
  if (typeof cell === 'bigint') return within(Number(cell));
  if (cell === null || cell === undefined) return Number.NaN;
  const text = String(cell).trim();
  if (!/\d/.test(text)) return Number.NaN;
  return within(Number(text));
}

function within(value: number): number | undefined {
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** What is wrong with a cell, for a complaint about its row. */
export function cellComplaint(column: string, cell: unknown): string {
  const found = typeof cell === 'string' ? JSON.stringify(cell.slice(0, 40)) : String(cell);
  return `${column}: expected a number of at least 0, or nothing; found ${found}. Correct it, or empty the cell to leave its row out`;
}
