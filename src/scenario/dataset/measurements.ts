import type { Dataset, DatasetRow } from './dataset.js';

/** A dataset as looked up by names; without a dataset, one that holds nothing. */
export interface Measurements {
  /** As written in the scenario. */
  readonly file: string;
  readonly rows: readonly DatasetRow[];
  readonly models: readonly string[];
  readonly quantizations: readonly string[];
  /** Rows of one model, of one quantization or of any of several. */
  rowsOf(model: string, quantization: string | readonly string[]): readonly DatasetRow[];
}

/** Sorts the rows by model once, since a dataset may hold thousands. */
export function measurementsOf({ file, rows }: Pick<Dataset, 'file' | 'rows'> = { file: '', rows: [] }): Measurements {
  const byModel = new Map(rows.map(({ model }): [string, DatasetRow[]] => [model, []]));
  for (const row of rows) byModel.get(row.model)?.push(row);
  return {
    file,
    rows,
    models: [...byModel.keys()],
    quantizations: [...new Set(rows.map(({ quantization }) => quantization))],
    rowsOf: (model, quantization) =>
      (byModel.get(model) ?? []).filter((row) => [quantization].flat().includes(row.quantization)),
  };
}
