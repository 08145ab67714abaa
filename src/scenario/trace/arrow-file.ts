import { cellComplaint, cellNumber } from './cell-number.js';
import type { ColumnFile } from './column-file.js';

/** An Arrow file or stream, as Parquet files become one, too. Loads the package that reads it. */
export async function arrowFile(bytes: Uint8Array): Promise<ColumnFile> {
  const { tableFromIPC } = await import('apache-arrow');
  const table = tableFromIPC(bytes);
  return {
    columns: table.schema.fields.map(({ name }) => name),
    read: (wanted, complain) =>
      wanted.map((name) => {
        const column = table.getChild(name);
        const numbers = new Float64Array(table.numRows);
        for (let row = 0; row < numbers.length; row++) {
          const cell: unknown = column?.get(row);
          const value = cellNumber(cell);
          // Rows of a table stand for lines, its header not counted.
          if (value === undefined) complain(row + 1, cellComplaint(name, cell));
          numbers[row] = value ?? Number.NaN;
        }
        return numbers;
      }),
  };
}
