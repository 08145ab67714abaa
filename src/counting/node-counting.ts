import { type CountOnes, countOnes } from '../kernel/wasm/fit.js';
import type { WasmKernel } from '../kernel/wasm/wasm-kernel.js';
import type { Columns } from '../plan/evaluate.js';
import type { IndicatorKind, NodeId, NodeOf, PlanNode } from '../plan/node.js';
import { repeatedValue } from '../sketch/histogram.js';
import type { SketchPart } from '../sketch/sketches.js';
import { addOdd, type CountedWindow, type Counting, partOf } from './counting.js';

/** Counts a column draw by draw. */
export function columnCounting(node: NodeId, one: CountedWindow, { layout }: WasmKernel): Counting {
  const column = layout.ln[node];
  const [odd] = layout.scratch.odd;
  return {
    count(n, sketches) {
      const left = one.window.count(column, n, odd);
      if (left > 0) addOdd(sketches.histograms[one.place], odd, left);
    },
    view: () => [partOf(one)],
  };
}

/** One value, not looked at again. */
export function constantCounting({ ln }: NodeOf<'constant'>, place: number): Counting {
  return {
    count() {},
    view: (draws) => [{ of: [place], data: repeatedValue(ln, Uint32Array.of(draws)) }],
  };
}

/** Draws of which an indicator is 1: a number, no window. */
export class Ones {
  readonly #place: number;
  readonly #count: CountOnes;
  #ones = 0;

  constructor(node: NodeOf<IndicatorKind>, place: number, nodes: readonly PlanNode[], kernel: WasmKernel) {
    this.#place = place;
    const { memory, records, layout } = kernel;
    // Normal scores are made and used within the drawing of a block.
    const { uncapped, scores } = layout.scratch;
    const scratch = [uncapped.byteOffset, scores[0].byteOffset] as const;
    this.#count = countOnes(node, nodes, { operations: memory.operations, records, scratch });
  }

  /** Counts the first `n` draws of some columns, each so many times. */
  add(columns: Columns<Float32Array>, times: Uint32Array, n: number): void {
    this.#ones += this.#count(columns, times.byteOffset, n);
  }

  view(draws: number): SketchPart {
    const data = repeatedValue(0, Uint32Array.of(this.#ones));
    return { of: [this.#place], data: { ...data, zeros: draws - this.#ones } };
  }

  clear(): void {
    this.#ones = 0;
  }
}

/** Counts an indicator draw by draw. */
export function onesCounting(ones: Ones, { layout }: WasmKernel): Counting {
  return {
    count: (n) => ones.add(layout, layout.scratch.once, n),
    view: (draws) => [ones.view(draws)],
  };
}
