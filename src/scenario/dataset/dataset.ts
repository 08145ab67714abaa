/** One measurement of a dataset. */
export interface DatasetRow {
  readonly model: string;
  readonly quantization: string;
  /** Tokens per query; absent where the source states no number. Such a row is no part of a fit. */
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  /** Output tokens per second of the whole node. */
  readonly tps: number;
  /** Queries in flight on the whole node; absent where the source states none: the node is full. */
  readonly concurrency?: number;
  /** What the columns say that tell the hardware, by their names, e.g. accelerator. */
  readonly hardware: Readonly<Record<string, string>>;
}

/** A dataset as read. */
export interface Dataset {
  /** As written in the scenario. */
  readonly file: string;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly rows: readonly DatasetRow[];
  /** What a reader must know of how its rows were chosen and counted. */
  readonly notes?: readonly string[];
}

/** A dataset's bytes, and the name that problems in them are reported under. */
export interface DatasetFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Turns a Parquet file into an Arrow one; absent where nothing can. */
  readonly arrowOfParquet?: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/**
 * Gets the bytes of a file that a scenario names, by default of 16 MiB at most; `refuse` throws with a message that says why it
 * cannot.
 */
export type ReadDataset = (
  dataset: string,
  refuse: (message: string) => never,
  maxBytes?: number,
) => Promise<DatasetFile>;
