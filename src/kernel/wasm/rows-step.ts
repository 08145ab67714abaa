import { ln } from '../../distributions/elementary.js';
import { type Recorded, rowChoice, valuesOf } from '../../distributions/record.js';
import type { Scale } from '../../model/quantities.js';
import type { StreamKey } from '../../random/streams.js';
import { BLOCK_SIZE, TAIL_WORDS, uniformAt } from '../../random/uniforms.js';
import type { Step } from './operations.js';

/** A column of a file, and where its draws go. */
export interface RecordedColumn {
  readonly record: Recorded;
  readonly scale: Scale;
  readonly value: Float32Array;
  readonly ln: Float32Array;
}

/**
 * Looks values up in the rows of files: columns that are drawn together have one stream, hence one row a draw. The uniform number
 * is the reference's to the bit, so that both engines choose the same row.
 *
 * @param words of the block, filled before
 */
export function rowsSteps(columns: readonly RecordedColumn[], key: StreamKey, words: Uint32Array): Step[] {
  const rows = new Uint32Array(BLOCK_SIZE);
  const choices = new Set(columns.map(choiceOf));
  return [...choices].flatMap((choice) => {
    const alike = columns.filter((column) => choiceOf(column) === choice);
    return [chooseRows(alike[0].record, key, words, rows), ...alike.map((column) => lookUp(column, rows))];
  });
}

/** What a row is chosen by: the number of equally likely ones, or the shares of all. */
function choiceOf({ record }: RecordedColumn): unknown {
  return record.shares ?? record.rows;
}

function chooseRows(record: Recorded, key: StreamKey, words: Uint32Array, rows: Uint32Array): Step {
  const { rows: many, shares } = record;
  const rowOf = rowChoice(record);
  if (shares) {
    return (block) => {
      for (let i = 0; i < BLOCK_SIZE; i++) rows[i] = rowOf(uniformAt(key, block, i, words[i]));
    };
  }
  return (block) => {
    for (let i = 0; i < BLOCK_SIZE; i++) {
      const word = words[i];
      // As `uniformAt` for all but the tails, without its call.
      const isTail = word < TAIL_WORDS || word > 2 ** 32 - 1 - TAIL_WORDS;
      rows[i] = isTail ? rowOf(uniformAt(key, block, i, word)) : (word + 0.5) * 2 ** -32 * many;
    }
  };
}

function lookUp({ record, scale, value, ln: lnValue }: RecordedColumn, rows: Uint32Array): Step {
  const values = new Float32Array(valuesOf(record));
  const logarithms = scale === 'tokens' ? undefined : Float32Array.from(valuesOf(record), ln);
  return (_block, offset) => {
    const first = offset / Float32Array.BYTES_PER_ELEMENT;
    if (scale !== 'factor') for (let i = 0; i < BLOCK_SIZE; i++) value[first + i] = values[rows[i]];
    // Of tokens the logarithms are looked up afterwards, in a table that all share.
    if (logarithms) for (let i = 0; i < BLOCK_SIZE; i++) lnValue[first + i] = logarithms[rows[i]];
  };
}
