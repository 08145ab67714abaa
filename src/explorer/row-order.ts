/** A column of a table: its words, and whether numbers stand in it. */
export interface Column {
  readonly label: string;
  /** What several columns in a row are of. */
  readonly group?: string;
  readonly numeric: boolean;
}

/** A cell: what it says, and what it is sorted by. */
export interface Cell {
  readonly text: string;
  readonly value: number | string;
}

/** How a table is sorted: by which column, and which way. */
export interface Order {
  readonly column: number;
  readonly direction: 'ascending' | 'descending';
}

/** Rows of a table in an order; what is no number stands last. */
export function inOrder(rows: readonly (readonly Cell[])[], { column, direction }: Order): (readonly Cell[])[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [one, other] = [a[column].value, b[column].value];
    if (typeof one === 'string' || typeof other === 'string') return sign * `${one}`.localeCompare(`${other}`, 'en');
    if (!Number.isFinite(one) || !Number.isFinite(other))
      return Number(Number.isFinite(other)) - Number(Number.isFinite(one));
    return sign * (one - other);
  });
}
