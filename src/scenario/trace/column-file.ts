/** Takes one complaint about a line of a file, and the letter in it where a cell is to blame; both counted from 1. */
export type ComplainOfLine = (line: number, message: string, column?: number) => void;

/** A file of rows, of which columns are read by name. Made for each format by a file of its own in this folder. */
export interface ColumnFile {
  /** Names of its columns. */
  readonly columns: readonly string[];
  /** Numbers of some columns, one a row, NaN where a row says nothing. Complains of rows that say what is no number. */
  read(wanted: readonly string[], complain: ComplainOfLine): readonly Float64Array[];
}

/** The bytes of a file, and how to read Parquet where that can be done. */
export interface ColumnBytes {
  readonly bytes: Uint8Array;
  /** Turns a Parquet file into an Arrow one; absent where nothing can. */
  readonly arrowOfParquet?: (bytes: Uint8Array) => Promise<Uint8Array>;
}
