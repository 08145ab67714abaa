import type { Aliases } from './aliases.js';
import { lookedUp, shippedNames } from './names.js';
import { type CatalogueRecord, catalogueRecord, catalogueRecords, type LookedUp } from './records.js';
import { SHIPPED_MODELS } from './shipped/shipped-models.js';

/** Columns of models.csv that are looked up without a disk. Parameters in 10⁹; bytes of keys and values of one token. */
export const MODEL_COLUMNS = [
  'model',
  'total_params_b',
  'active_params_b',
  'architecture',
  'kv_bytes_per_token_fp16',
  'kv_bytes_per_token_fp8',
  'context_limit_tokens',
] as const;

/** A row of models.csv. */
export type CatalogueModel = CatalogueRecord<(typeof MODEL_COLUMNS)[number]>;

/** All models of models.csv. */
export function shippedModels(): CatalogueModel[] {
  return catalogueRecords(MODEL_COLUMNS, SHIPPED_MODELS);
}

/** The row of a model by its name in models.csv or an alias of it, or the names that are nearest. */
export function catalogueModel(name: string, aliases: Aliases = shippedNames()): LookedUp<CatalogueModel> {
  return lookedUp(
    'model',
    name,
    { named: (one) => catalogueRecord(MODEL_COLUMNS, SHIPPED_MODELS, one), rows: shippedModels },
    aliases,
  );
}
