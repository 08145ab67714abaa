import type { NodeId, PlanNode } from '../../plan/node.js';
import type { Plan } from '../../plan/plan.js';
import { BLOCK_SIZE } from '../../random/uniforms.js';
import type { Kernel } from '../kernel.js';
import { allocate, BATCH_BLOCKS, type Layout, layoutBytes } from '../layout.js';
import { sessionDraws, sessionNodes } from '../session-draws.js';
import { drawingSteps, drawnVariables } from './drawing-steps.js';
import { needsOf } from './needs.js';
import { type OpenedMemory, openMemory } from './open-memory.js';
import type { Step } from './operations.js';
import { Records, recordsBytes } from './records.js';
import { cubicTables, ownTables, STANDING_BYTES, tableBytes } from './standing-tables.js';
import { stepsFor } from './steps.js';
import type { KernelModule } from './web-assembly.js';

/** A kernel whose memory has room for the windows that draws are counted into. */
export interface WasmKernel extends Kernel<Float32Array> {
  /** @param place of the block in a batch: its draws follow those of the blocks at the places before; the first by default */
  evaluate(block: number, n: number, place?: number): void;
  readonly memory: OpenedMemory;
  /** For what counts its columns. */
  readonly records: Records;
  /** Where the room begins, a multiple of 8. */
  readonly room: number;
}

/**
 * The WebAssembly SIMD kernel: a plan compiles to a list of block operations in single precision, each one call of an exported
 * function. Constants are filled in here, once; only what something is counted from is drawn and computed.
 *
 * Error: a logarithm that is drawn is off by less than 2e-6 (`CubicTable`; the normal score of a correlated variable by as much
 * again), ln energy is a sum of at most six terms, for factors
 * below 10^7 each rounded to 1e-6: in all less than 1e-5, a tenth of a histogram's bin, and 1e-6 for most draws. Fits of
 * throughput that are steeper than length^10 multiply the error of ln length, 2.4e-7. A token count whose unrounded value lies
 * that near to a half may be rounded the other way; token counts above 3e38 are infinite, weights below 1e-45 are 0. Checked draw by draw
 * against the reference in test/kernel/engines.test.ts, and in the quantiles up to P99.9.
 *
 * @param room bytes to leave behind the columns, zeroed
 * @param open where its memory comes from: its own, if not said otherwise
 */
export async function wasmKernel(
  plan: Plan,
  module: KernelModule,
  room = 0,
  open = (bytes: number) => openMemory(module, bytes),
): Promise<WasmKernel> {
  const { nodes } = plan;
  const needs = needsOf(plan);
  const drawn = await drawnVariables(nodes, needs.drawn);
  const own = ownTables(drawn.flatMap(({ value, ln }) => [value, ln].filter((drawing) => drawing !== undefined)));
  const columns = STANDING_BYTES + tableBytes(own.length);
  const recordsAt = columns + layoutBytes(nodes, needs.columns, Float32Array, BATCH_BLOCKS);
  const start = recordsAt + recordsBytes(plan);
  const memory = await open(start + room);
  const { operations, buffer, standing } = memory;
  const tables = new Map([...standing.tables, ...cubicTables(buffer, STANDING_BYTES, own)]);
  const layout = allocate(nodes, needs.columns, Float32Array, BATCH_BLOCKS, buffer, columns);
  fillConstants(nodes, needs.columns, layout);
  layout.scratch.once.fill(1);
  const records = new Records(buffer, recordsAt);
  const sessions = await sessionDraws(sessionNodes(nodes, needs.drawn), layout);
  const steps = [
    ...sessions.map(
      (draw): Step =>
        (block, at) =>
          draw(block, at / Float32Array.BYTES_PER_ELEMENT),
    ),
    ...drawingSteps(plan.sampler, drawn, { layout, operations, records, tables, lnTable: standing.lnTable }),
    ...stepsFor(needs.computed, { nodes, columns: layout, operations, records }),
  ];
  return {
    layout,
    memory,
    records,
    room: start,
    evaluate(block, _n, place = 0) {
      const offset = place * BLOCK_SIZE * Float32Array.BYTES_PER_ELEMENT;
      for (const step of steps) step(block, offset);
    },
  };
}

function fillConstants(nodes: readonly PlanNode[], columns: readonly NodeId[], layout: Layout<Float32Array>): void {
  for (const id of columns) {
    const node = nodes[id];
    if (node.kind !== 'constant') continue;
    layout.value[id].fill(node.value);
    layout.ln[id].fill(node.ln);
  }
}
