import type { QuantileFunction } from '../../distributions/distribution.js';
import { normalQuantile } from '../../distributions/normal-quantile.js';
import { CUBIC_TABLE_LENGTH, CubicTable, type Tabulated } from './cubic-table.js';
import { exponentialQuantile } from './drawing.js';
import { type Address, CONSTANTS_BYTES, type Operations } from './operations.js';
import { LN_TABLE_LENGTH } from './shape.js';

/** What is the same for every plan and stays in a kernel's memory from one to the next. */
export interface StandingTables {
  /** Of ln k for k from 0 on, `LN_TABLE_LENGTH` of them. */
  readonly lnTable: Address;
  /** By the functions that they are of. */
  readonly tables: ReadonlyMap<QuantileFunction, CubicTable>;
}

/** Functions whose tables many distributions share. */
const STANDARD = [normalQuantile, exponentialQuantile];

const TABLE_BYTES = 4 * CUBIC_TABLE_LENGTH;
const FIRST_TABLE = CONSTANTS_BYTES + 4 * LN_TABLE_LENGTH;

/** What a plan needs begins here, a multiple of 16. */
export const STANDING_BYTES = FIRST_TABLE + STANDARD.length * TABLE_BYTES;

/** Fills the head of a new memory. */
export function standingTables(operations: Operations, buffer: ArrayBuffer): StandingTables {
  operations.lnTable(CONSTANTS_BYTES);
  return { lnTable: CONSTANTS_BYTES, tables: cubicTables(buffer, FIRST_TABLE, STANDARD.map(ofValues)) };
}

function ofValues(exact: QuantileFunction): Tabulated {
  return { exact, steps: [], isLogarithm: false };
}

/** Those that a plan needs beside the standing ones, each once. */
export function ownTables(needed: readonly Tabulated[]): Tabulated[] {
  const known = new Set(STANDARD);
  return needed.filter(({ exact }) => !known.has(exact) && known.add(exact));
}

/** Bytes of so many tables. */
export function tableBytes(tables: number): number {
  return tables * TABLE_BYTES;
}

/** Empty tables, one after the other from a byte offset on. */
export function cubicTables(
  buffer: ArrayBuffer,
  start: Address,
  functions: readonly Tabulated[],
): Map<QuantileFunction, CubicTable> {
  const table = (tabulated: Tabulated, i: number) => {
    const coefficients = new Float32Array(buffer, start + i * TABLE_BYTES, CUBIC_TABLE_LENGTH);
    return [tabulated.exact, new CubicTable(tabulated, coefficients)] as const;
  };
  return new Map(functions.map(table));
}
