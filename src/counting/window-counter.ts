import type { WasmKernel } from '../kernel/wasm/wasm-kernel.js';
import { talliesOf } from '../plan/dependence.js';
import { isIndicator } from '../plan/node.js';
import type { Plan } from '../plan/plan.js';
import type { Counter } from './counter.js';
import type { Counting } from './counting.js';
import { rangeSketches } from './empty-sketches.js';
import { columnCounting, constantCounting, Ones, onesCounting } from './node-counting.js';
import { poolCounting, poolsOf } from './pool-counting.js';
import { columnsFrom, spreadBytes, spreadColumns } from './spread-columns.js';
import { type Tallied, tallyCounting } from './tally-counting.js';
import { TokenTally } from './token-tally.js';
import { marksBytes, Window, type WindowMemory, windowBytes, windowMemories } from './windows.js';

/** Windows that a plan needs at most. */
function windowsOf(plan: Plan): number {
  return plan.counted.length + talliesOf(plan).length;
}

/** Bytes that the counter of a plan needs behind the kernel's columns. */
export function counterBytes(plan: Plan): number {
  return spreadBytes(plan) + windowBytes(windowsOf(plan));
}

/** Those of them that are not zero once the counter is cleared: all before the counts. */
export function writtenBytes(plan: Plan): number {
  return spreadBytes(plan) + marksBytes(windowsOf(plan));
}

/**
 * The counter of the WebAssembly kernel: draws go into windows of counts in its memory, in the same pass that finds
 * their extremes; the few that lie outside go to ordinary histograms. Counts are integers, so both together are exact.
 */
export function windowCounter(plan: Plan, kernel: WasmKernel): Counter {
  const parts = new CounterParts(plan, kernel);
  const countings = parts.countings();
  let sketches = rangeSketches(plan.counted.length);
  let draws = 0;
  let isSettled = false;
  return {
    count(n) {
      draws += n;
      for (const counting of countings) counting.count(n, sketches);
    },
    view() {
      if (!isSettled) for (const counting of countings) counting.settle?.(sketches);
      isSettled = true;
      return { parts: [...countings.flatMap((counting) => counting.view(draws)), ...sketches.toData().parts] };
    },
    clear() {
      sketches = rangeSketches(plan.counted.length);
      draws = 0;
      isSettled = false;
      parts.clear();
    },
  };
}

/** What counts each thing that a plan counts, and the memory for it. */
class CounterParts {
  readonly #plan: Plan;
  readonly #kernel: WasmKernel;
  readonly #free: WindowMemory[];
  readonly #column: () => Float32Array;
  readonly #used: { clear(): void }[] = [];

  constructor(plan: Plan, kernel: WasmKernel) {
    const { memory, room } = kernel;
    this.#plan = plan;
    this.#kernel = kernel;
    this.#column = columnsFrom(memory.buffer, room);
    this.#free = windowMemories(memory.buffer, room + spreadBytes(plan), windowsOf(plan));
  }

  countings(): Counting[] {
    const { nodes, counted } = this.#plan;
    const tallies = talliesOf(this.#plan);
    const tallied = new Set(tallies.flatMap(({ counted: places }) => places));
    const single = counted.flatMap((what, place) => {
      if (what.kind === 'pool' || tallied.has(place)) return [];
      const node = nodes[what.of];
      if (node.kind === 'constant') return [constantCounting(node, place)];
      if (isIndicator(node)) return [onesCounting(this.#ones(node, place), this.#kernel)];
      return [columnCounting(what.of, { place, window: this.#window() }, this.#kernel)];
    });
    const pools = poolsOf(this.#plan).map((pool) => poolCounting(pool, [this.#window(), this.#window()], this.#kernel));
    return [...tallies.map((tally) => this.#tally(tally)), ...single, ...pools];
  }

  clear(): void {
    for (const one of this.#used) one.clear();
  }

  #tally(tally: ReturnType<typeof talliesOf>[number]): Counting {
    const { nodes, counted } = this.#plan;
    const found: { nodes: Tallied['nodes'][number][]; ones: Ones[] } = { nodes: [], ones: [] };
    for (const place of tally.counted) {
      const what = counted[place];
      if (what.kind === 'pool') continue;
      const node = nodes[what.of];
      if (isIndicator(node)) found.ones.push(this.#ones(node, place));
      else found.nodes.push({ place, of: what.of, window: this.#window() });
    }
    const columns = spreadColumns(this.#plan, tally, this.#kernel.layout, this.#column);
    const counts = this.#kept(new TokenTally(this.#memory(), this.#kernel.memory.operations));
    return tallyCounting(this.#plan, tally, found, counts, columns, this.#kernel);
  }

  #ones(node: ConstructorParameters<typeof Ones>[0], place: number): Ones {
    return this.#kept(new Ones(node, place, this.#plan.nodes, this.#kernel));
  }

  #window(): Window {
    return this.#kept(new Window(this.#memory(), this.#kernel.memory.operations));
  }

  /** Windows are handed out in order; a pool takes two that follow each other. */
  #memory(): WindowMemory {
    const memory = this.#free.shift();
    if (memory === undefined) throw new RangeError('a plan needs more windows than it was given');
    return memory;
  }

  #kept<T extends { clear(): void }>(one: T): T {
    this.#used.push(one);
    return one;
  }
}
