import type { Column, OptionalColumn } from './columns.js';

/** What a column's rows must hold to be used: one of these, as the file writes it. */
export type Wanted = string | number | readonly (string | number)[];

/** How a file of measurements is to be read, where it is not as this program's own. */
export interface Reading {
  /** The file's own names of columns. */
  readonly columns?: Readonly<Partial<Record<Column | OptionalColumn, string>>>;
  /** Rows to use, by the file's columns. */
  readonly where?: Readonly<Record<string, Wanted>>;
  /** The hardware that a row's tokens per second count: a node, one GPU, or the group of GPUs that the row names. */
  readonly per: 'node' | 'gpu' | 'group';
  readonly gpus_per_node: number;
}

/** A file in this program's own form. */
export const AS_NODES: Reading = { per: 'node', gpus_per_node: 8 };
