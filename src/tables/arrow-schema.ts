import type { DataType, Dictionary, Field, Int32, Schema, Utf8 } from 'apache-arrow';
import type { Column, Table } from './columns.js';
import { FORMAT_VERSION } from './schema.js';

/** The apache-arrow module, imported late (it takes 90 ms) and handed down. */
export type Arrow = typeof import('apache-arrow');

/** What the caller says of a table's origin, e.g. seed and scenario hash: the same for the same scenario, dataset and version. */
export type Metadata = Readonly<Record<string, string>>;

/** Schema metadata keys of the contract; every other key is the caller's. */
export const FORMAT_VERSION_KEY = 'tokenjoule.format_version';
export const TABLE_KEY = 'tokenjoule.table';

/** The Arrow schema of `table`. The contract's own keys win over the caller's. */
export function arrowSchema(arrow: Arrow, table: Table, metadata: Metadata): Schema {
  const fields = table.columns.map((column, position) => arrowField(arrow, column, position));
  const own = { [FORMAT_VERSION_KEY]: String(FORMAT_VERSION), [TABLE_KEY]: table.name };
  return new arrow.Schema(fields, new Map(Object.entries({ ...metadata, ...own })));
}

function arrowField(arrow: Arrow, column: Column, position: number): Field {
  const { name, type, unit, meaning } = column;
  return new arrow.Field(
    name,
    arrowType(arrow, type, position),
    type === 'float',
    new Map(Object.entries({ unit, meaning })),
  );
}

function arrowType(arrow: Arrow, type: Column['type'], position: number): DataType {
  if (type === 'float') return new arrow.Float64();
  if (type === 'count') return new arrow.Int64();
  return textType(arrow, position);
}

/**
 * The type of the text column at `position`, which becomes the dictionary's id: left to itself, apache-arrow counts ids up
 * through the life of the process, and the bytes would tell.
 */
export function textType(arrow: Arrow, position: number): Dictionary<Utf8, Int32> {
  return new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), position);
}
