import type { Data, Utf8, Vector } from 'apache-arrow';
import type { OptionalInput } from '../model/quantities.js';
import { type Arrow, arrowSchema, type Metadata } from './arrow-schema.js';
import { countData, dictionary, floatData, textData } from './column-data.js';
import { FileEncoder } from './file-encoder.js';
import { SAMPLES, samplesTable } from './schema.js';

/** A batch's array for each column type; text is given as positions in the list of all its words. */
interface Values {
  readonly text: Int32Array;
  readonly float: Float64Array;
  readonly count: BigInt64Array;
}

/** Samples by column, arrays of one length. `regime` and `model` are positions in the lists of `SampleNames`. */
export type SampleBatch = {
  readonly [C in (typeof SAMPLES.columns)[number] as C['name']]: Values[C['type']];
} & { readonly [I in OptionalInput]?: Values['float'] };

/** All regimes and all models that any batch will name: a file's dictionaries stand before its first batch. */
export interface SampleNames {
  readonly regime: readonly string[];
  readonly model: readonly string[];
}

/**
 * The samples as an Arrow IPC file, batch by batch: the next batch is asked for when the bytes of the last one were taken,
 * so no more than one is held, and its arrays may be used again.
 *
 * @param optional inputs that the scenario states and others leave out
 * @throws RangeError for a batch of unequal columns or with a position outside the lists: mistakes of the caller.
 */
export async function* encodeSamples(
  batches: AsyncIterable<SampleBatch> | Iterable<SampleBatch>,
  names: SampleNames,
  metadata: Metadata,
  optional: readonly OptionalInput[] = [],
): AsyncGenerator<Uint8Array, void, undefined> {
  const arrow = await import('apache-arrow');
  const words = { regime: dictionary(arrow, names.regime), model: dictionary(arrow, names.model) };
  const encoder = new FileEncoder(arrow, arrowSchema(arrow, samplesTable(optional), metadata));
  for await (const batch of batches) {
    checkBatch(batch, names);
    yield encoder.batch(batchData(arrow, batch, words, optional), batch.sample_id.length);
  }
  yield encoder.end();
}

function batchData(
  arrow: Arrow,
  batch: SampleBatch,
  words: Readonly<Record<keyof SampleNames, Vector<Utf8>>>,
  optional: readonly OptionalInput[],
): Data[] {
  const columns = SAMPLES.columns.map(({ name, type }, position) => {
    if (type === 'text') return textData(arrow, position, batch[name], words[name]);
    if (type === 'count') return countData(arrow, batch[name]);
    return floatData(arrow, batch[name]);
  });
  return [...columns, ...optional.map((name) => floatData(arrow, batch[name] ?? new Float64Array(0)))];
}

/** apache-arrow would fill short columns up with nulls, and readers would meet positions that mean nothing. */
function checkBatch(batch: SampleBatch, names: SampleNames): void {
  const length = batch.sample_id.length;
  const uneven = SAMPLES.columns.find(({ name }) => batch[name].length !== length);
  if (uneven)
    throw new RangeError(`column ${uneven.name} has ${batch[uneven.name].length} values, sample_id ${length}`);
  checkPositions('regime', batch.regime, names.regime.length);
  checkPositions('model', batch.model, names.model.length);
}

function checkPositions(column: string, positions: Int32Array, words: number): void {
  const wrong = positions.find((position) => position < 0 || position >= words);
  if (wrong !== undefined) throw new RangeError(`column ${column} has position ${wrong} in a list of ${words}`);
}
