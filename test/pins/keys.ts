import type { FoundTable } from './found-table.js';

const SUBJECT = ['regime', 'subject_kind', 'subject'];
const QUANTITY = ['scenario', ...SUBJECT, 'pathway', 'trim', 'metric'];
const COMPARED = ['scenario_a', 'scenario_b', ...SUBJECT];

/** The columns of version 0.2.0 that tell a table's rows apart. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  summary: QUANTITY,
  histogram: [...QUANTITY, 'bin_low'],
  throughput: ['scenario', 'regime', 'model', 'serving'],
  fleet: ['scenario', 'mix', 'improvement'],
  inputs: ['scenario', 'regime', 'variable', 'distribution'],
  samples: ['regime', 'model', 'sample_id'],
  sweep: ['cell', ...QUANTITY],
  sensitivity: ['scenario', ...SUBJECT, 'output', 'method', 'parameter'],
  compare: [...COMPARED, 'quantity'],
  attribution: [...COMPARED, 'parameter'],
};

/** The key of each row, as people read it. @throws Error if a table is unknown, lacks a key column, or two rows have one key */
export function rowKeys({ name, rows, columns }: FoundTable): string[] {
  const known = KEYS[name];
  if (!known) throw new Error(`test/pins/keys.ts does not say which columns tell the rows of ${name} apart`);
  const parts = known.map((key) => {
    const values = columns.get(key);
    if (!values) throw new Error(`${name} has no column ${key}, which tells its rows apart`);
    return { key, values };
  });
  const keys = Array.from({ length: rows }, (_, i) => parts.map(({ key, values }) => `${key}=${values[i]}`).join(', '));
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw new Error(`${name} has two rows with ${key}`);
    seen.add(key);
  }
  return keys;
}
