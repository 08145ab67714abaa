import type { QuantileFunction } from '../../distributions/distribution.js';
import type { Recorded } from '../../distributions/record.js';
import type { NodeId, NodeOf, PlanNode } from '../../plan/node.js';
import type { CorrelatedSource } from '../../random/correlated-streams.js';
import { wordFill } from '../../random/fill.js';
import type { Sampler } from '../../random/sampler.js';
import type { StreamKey } from '../../random/streams.js';
import { BLOCK_SIZE, uniformAt } from '../../random/uniforms.js';
import type { Layout } from '../layout.js';
import type { CubicTable } from './cubic-table.js';
import { type Drawing, logarithmDrawing, recordWithinBounds, STANDARD_NORMAL, valueDrawing } from './drawing.js';
import type { Operations, Step } from './operations.js';
import type { Records } from './records.js';
import { rowsSteps } from './rows-step.js';

/** A random variable with its place in the plan: factors are drawn as logarithms, token counts as values, weights as both. */
export interface Drawn {
  readonly id: NodeId;
  readonly node: NodeOf<'draw'>;
  readonly value?: Drawing;
  readonly ln?: Drawing;
  /** In place of both, where values are looked up in the rows of a file. */
  readonly record?: Recorded;
}

/** What the steps need of a kernel. */
export interface DrawingMemory {
  readonly layout: Layout<Float32Array>;
  readonly operations: Operations;
  readonly records: Records;
  /** By the functions that they are of. */
  readonly tables: ReadonlyMap<QuantileFunction, CubicTable>;
  /** Address of ln k for small whole k. */
  readonly lnTable: number;
}

/** Some of a plan's random variables, with what they are drawn from. */
export async function drawnVariables(nodes: readonly PlanNode[], ids: readonly NodeId[]): Promise<Drawn[]> {
  const variables = ids.flatMap((id) => {
    const node = nodes[id];
    return node.kind === 'draw' ? [{ id, node }] : [];
  });
  return Promise.all(
    variables.map(async ({ id, node }) => ({
      id,
      node,
      ...(node.distribution.family === 'recorded'
        ? { record: await recordWithinBounds(node.distribution) }
        : {
            ...(node.scale !== 'factor' && { value: await valueDrawing(node.distribution) }),
            ...(node.scale !== 'tokens' && { ln: await logarithmDrawing(node.distribution) }),
          }),
    })),
  );
}

/** The block operations that draw random variables; those of one stream share its words. */
export function drawingSteps(sampler: Sampler, drawn: readonly Drawn[], memory: DrawingMemory): Step[] {
  const streams = new Set(drawn.map(({ node }) => streamOf(node)));
  return [...streams].flatMap((stream) => {
    const variables = drawn.filter(({ node }) => streamOf(node) === stream);
    return [
      ...wordSteps(sampler, variables[0].node, memory),
      ...recordedSteps(variables, memory),
      ...variables.flatMap((variable) => variableSteps(variable, memory)),
    ];
  });
}

/** What variables of the same words share. */
function streamOf({ key, correlated, shift }: NodeOf<'draw'>): string {
  return JSON.stringify([key, correlated, shift]);
}

/** Fills the words of a variable. */
function wordSteps(sampler: Sampler, node: NodeOf<'draw'>, memory: DrawingMemory): Step[] {
  const { key, dimension, correlated, shift = 0 } = node;
  return correlated ? correlatedSteps(sampler, correlated, shift, memory) : [wordStep(sampler, key, dimension, memory)];
}

function wordStep(
  sampler: Sampler,
  key: StreamKey,
  dimension: number | undefined,
  { layout: { scratch }, operations }: DrawingMemory,
): Step {
  const { words, list } = scratch;
  const states = list.byteOffset;
  const fill = wordFill(sampler, key, dimension, {
    pseudo: ([k0, k1], block, { byteOffset }) =>
      operations.words(k0, k1, block, Math.floor(block / 2 ** 32), byteOffset, states),
    scramble: ({ byteOffset }, base, first, second) => operations.scramble(byteOffset, base, first, second),
  });
  return (block) => fill(block, words);
}

/** Weighted normal scores of the sources, and the world's own, add up to the column's (Gaussian copula). */
function correlatedSteps(
  sampler: Sampler,
  sources: readonly CorrelatedSource[],
  shift: number,
  memory: DrawingMemory,
): Step[] {
  const { layout, operations } = memory;
  const [sum, score] = layout.scratch.scores;
  const adds = sources.flatMap(({ key, dimension, weight }, i) => {
    const ofWorld = i === 0 ? shift : 0;
    const drawing = { ...STANDARD_NORMAL, scale: weight, shift: ofWorld };
    const read = tableStep(drawing, key, i === 0 ? sum : score, memory);
    const add = () => operations.sums(sum.byteOffset, score.byteOffset, BLOCK_SIZE, sum.byteOffset);
    const drawn = [wordStep(sampler, key, dimension, memory), (block: number) => read(block, 0)];
    return i === 0 ? drawn : [...drawn, add];
  });
  return [...adds, () => operations.scoreWords(sum.byteOffset, layout.scratch.words.byteOffset)];
}

/** Those of some variables that are looked up in files. */
function recordedSteps(variables: readonly Drawn[], { layout }: DrawingMemory): Step[] {
  const columns = variables.flatMap(({ id, node: { scale }, record }) =>
    record ? [{ record, scale, value: layout.value[id], ln: layout.ln[id] }] : [],
  );
  return rowsSteps(columns, variables[0].node.key, layout.scratch.words);
}

/** The variable itself where it is used, and its logarithm. */
function variableSteps({ id, node, value, ln }: Drawn, memory: DrawingMemory): Step[] {
  const { layout, operations, lnTable } = memory;
  const [at, lnAt] = [layout.value[id].byteOffset, layout.ln[id].byteOffset];
  const tokensStep: Step = (_block, offset) => operations.tokens(at + offset, lnTable, at + offset, lnAt + offset);
  return [
    ...(value ? [tableStep(value, node.key, layout.value[id], memory)] : []),
    ...(ln ? [tableStep(ln, node.key, layout.ln[id], memory)] : []),
    ...(node.scale === 'tokens' ? [tokensStep] : []),
  ];
}

/** Reads a table; draws that it does not hold are computed one by one. */
function tableStep(
  drawing: Drawing,
  key: StreamKey,
  out: Float32Array,
  { layout, operations, records, tables }: DrawingMemory,
): Step {
  const table = tables.get(drawing.exact);
  if (table === undefined) throw new RangeError('a column is drawn from a table that the kernel does not have');
  const { words, list } = layout.scratch;
  const { exact, scale, shift, low, high } = drawing;
  const [from, at, to, listed] = [words, table.coefficients, out, list].map(({ byteOffset }) => byteOffset);
  const record = records.singles([scale, shift, low, high]);
  const read = (offset: number) => operations.quantiles(from, at, record, to + offset, listed);
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
