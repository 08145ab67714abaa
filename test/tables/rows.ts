import type { Column, Row, Table } from '../../src/tables/columns.js';

type Cells = Record<string, string | number | null>;

/** Texts and numbers that a careless writer loses: repeated, empty, not ASCII, not in the BMP; null, signed zero, extremes. */
const TEXTS = ['traditional', '', 'DeepSeek-R1 (671B)', 'énergie — 電力 ⚡', 'traditional', '😀 long', '0'];
const FLOATS = [0.34, null, -0, 5e-324, Number.MAX_VALUE, Number.POSITIVE_INFINITY, 1 / 3, null, 1e9];
const COUNTS = [0, 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 1e9];

/** `n` rows for any table, in which neighbouring rows and columns differ. */
export function someRows<T extends Table>(table: T, n: number): Row<T>[] {
  return Array.from({ length: n }, (_, i) => rowOf(table.columns, i)) as unknown as Row<T>[];
}

function rowOf(columns: readonly Column[], i: number): Cells {
  return Object.fromEntries(columns.map(({ name, type }, c) => [name, cell(type, i + c)]));
}

function cell(type: Column['type'], k: number): string | number | null {
  if (type === 'text') return TEXTS[k % TEXTS.length];
  return type === 'count' ? COUNTS[k % COUNTS.length] : FLOATS[k % FLOATS.length];
}
