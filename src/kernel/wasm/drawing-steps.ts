import type { QuantileFunction } from '../../distributions/distribution.js';
import type { ColumnPlan, Plan } from '../../plan/plan.js';
import type { CorrelatedSource } from '../../random/correlated-streams.js';
import { wordFill } from '../../random/fill.js';
import type { Sampler } from '../../random/sampler.js';
import type { StreamKey } from '../../random/streams.js';
import { BLOCK_SIZE, uniformAt } from '../../random/uniforms.js';
import type { Layout } from '../layout.js';
import type { CubicTable } from './cubic-table.js';
import { type Drawing, logarithmDrawing, STANDARD_NORMAL, valueDrawing } from './drawing.js';
import type { Operations, Step } from './operations.js';

/** A random column with its place in the plan: factors are drawn as logarithms, token counts as values, weights as both. */
export interface Drawn {
  readonly index: number;
  readonly column: ColumnPlan;
  readonly value?: Drawing;
  readonly ln?: Drawing;
}

/** What the steps need of a kernel. */
export interface DrawingMemory {
  readonly layout: Layout<Float32Array>;
  readonly operations: Operations;
  /** By the functions that they are of. */
  readonly tables: ReadonlyMap<QuantileFunction, CubicTable>;
  /** Address of ln k for small whole k. */
  readonly lnTable: number;
}

/** The random columns of a plan. */
export async function drawnColumns({ columns }: Plan): Promise<Drawn[]> {
  const random = columns.map((column, index) => ({ column, index })).filter(({ column }) => !isConstant(column));
  return Promise.all(
    random.map(async ({ column, index }) => ({
      column,
      index,
      ...(column.scale !== 'factor' && { value: await valueDrawing(column.distribution) }),
      ...(column.scale !== 'tokens' && { ln: await logarithmDrawing(column.distribution) }),
    })),
  );
}

/** Whether a column holds one value in every draw. */
function isConstant(column: ColumnPlan): boolean {
  return constantOf(column) !== undefined;
}

/** The value that a column holds in every draw; undefined where it is random. */
export function constantOf({ distribution, scale }: ColumnPlan): number | undefined {
  if (distribution.family !== 'constant') return undefined;
  const { value } = distribution.parameters;
  return scale === 'tokens' ? Math.round(value) : value;
}

/** The block operations that draw random columns; those of one stream share its words. */
export function drawingSteps(sampler: Sampler, drawn: readonly Drawn[], memory: DrawingMemory): Step[] {
  const streams = new Set(drawn.map(({ column }) => streamOf(column)));
  return [...streams].flatMap((stream) => {
    const columns = drawn.filter(({ column }) => streamOf(column) === stream);
    return [
      ...wordSteps(sampler, columns[0].column, memory),
      ...columns.flatMap((column) => columnSteps(column, memory)),
    ];
  });
}

/** What columns of the same words share. */
function streamOf({ key, correlated }: ColumnPlan): string {
  return JSON.stringify([key, correlated]);
}

/** Fills the words of a column. */
function wordSteps(sampler: Sampler, { key, variable, correlated }: ColumnPlan, memory: DrawingMemory): Step[] {
  return correlated ? correlatedSteps(sampler, correlated, memory) : [wordStep(sampler, key, variable, memory)];
}

function wordStep(sampler: Sampler, key: StreamKey, variable: string, { layout, operations }: DrawingMemory): Step {
  const { words, kept } = layout;
  const list = kept.byteOffset;
  const fill = wordFill(sampler, key, variable, {
    pseudo: ([k0, k1], block, { byteOffset }) =>
      operations.words(k0, k1, block, Math.floor(block / 2 ** 32), byteOffset, list),
    scramble: ({ byteOffset }, base, first, second) => operations.scramble(byteOffset, base, first, second),
  });
  return (block) => fill(block, words);
}

/** Weighted normal scores of the sources add up to the column's own (Gaussian copula). */
function correlatedSteps(sampler: Sampler, sources: readonly CorrelatedSource[], memory: DrawingMemory): Step[] {
  const { layout, operations } = memory;
  const [sum, score] = [layout.pooled, layout.others];
  const adds = sources.flatMap(({ key, variable, weight }, i) => {
    const read = tableStep({ ...STANDARD_NORMAL, scale: weight }, key, i === 0 ? sum : score, memory);
    const add = () => operations.sums(sum.byteOffset, score.byteOffset, BLOCK_SIZE, sum.byteOffset);
    const drawn = [wordStep(sampler, key, variable, memory), (block: number) => read(block, 0)];
    return i === 0 ? drawn : [...drawn, add];
  });
  return [...adds, () => operations.scoreWords(sum.byteOffset, layout.words.byteOffset)];
}

/** The variable itself where it is used, and its logarithm. */
function columnSteps({ index, column, value, ln }: Drawn, memory: DrawingMemory): Step[] {
  const { layout, operations, lnTable } = memory;
  const [at, lnAt] = [layout.value[index].byteOffset, layout.ln[index].byteOffset];
  const tokensStep: Step = (_block, offset) => operations.tokens(at + offset, lnTable, at + offset, lnAt + offset);
  return [
    ...(value ? [tableStep(value, column.key, layout.value[index], memory)] : []),
    ...(ln ? [tableStep(ln, column.key, layout.ln[index], memory)] : []),
    ...(column.scale === 'tokens' ? [tokensStep] : []),
  ];
}

/** Reads a table; draws that it does not hold are computed one by one. */
function tableStep(
  drawing: Drawing,
  key: StreamKey,
  out: Float32Array,
  { layout, operations, tables }: DrawingMemory,
): Step {
  const table = tables.get(drawing.exact);
  if (table === undefined) throw new RangeError('a column is drawn from a table that the kernel does not have');
  const { words, kept: list } = layout;
  const { exact, scale, shift, low, high } = drawing;
  const [from, at, to, listed] = [words, table.coefficients, out, list].map(({ byteOffset }) => byteOffset);
  const read = (offset: number) => operations.quantiles(from, at, scale, shift, low, high, to + offset, listed);
  return (block, offset) => {
    let missing = read(offset);
    if (missing > 0 && madeAny(table, words, list, missing)) missing = read(offset);
    for (let k = 0; k < missing; k++) {
      const i = list[k];
      const value = shift + scale * exact(uniformAt(key, block, i, words[i]));
      out[offset / out.BYTES_PER_ELEMENT + i] = Math.min(Math.max(value, low), high);
    }
  };
}

/** Makes the octaves that listed draws fall into; whether any is new. */
function madeAny(table: CubicTable, words: Uint32Array, list: Uint32Array, listed: number): boolean {
  let any = false;
  for (let k = 0; k < listed; k++) any = table.make(words[list[k]]) || any;
  return any;
}
