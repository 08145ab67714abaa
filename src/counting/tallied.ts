import { type FittedTps, fittedTps, type Lengths, lengthsOf, ownTokens } from '../kernel/wasm/fitted-tps.js';
import type { WasmKernel } from '../kernel/wasm/wasm-kernel.js';
import type { ColumnIndex, OutputPlan, Plan } from '../plan/plan.js';
import type { CountedWindow, SingleOutput } from './counting.js';

/** A cell whose throughput depends on the output tokens alone. */
export interface TalliedCell extends CountedWindow {
  readonly cell: number;
  readonly fit: FittedTps;
  /** Of the regime's columns: those of the input hold one value. */
  readonly lengths: Lengths;
}

/** What depends on one column of output tokens alone. */
export interface Tallied {
  readonly column: ColumnIndex;
  /** Where the tokens themselves are counted, if they are. */
  readonly tokens: readonly CountedWindow[];
  readonly cells: readonly TalliedCell[];
}

/** Columns of output tokens that throughputs depend on alone. */
export function talliedColumns(plan: Plan): ColumnIndex[] {
  const columns = plan.outputs.map((output) => (output.kind === 'tps' ? ownTokens(plan, output.cell) : undefined));
  return [...new Set(columns.filter((column) => column !== undefined))];
}

/** Whether an output is counted with the tokens that it depends on, or is these tokens. */
export function isTallied(plan: Plan, output: OutputPlan): boolean {
  if (output.kind === 'column') return talliedColumns(plan).includes(output.column);
  return output.kind === 'tps' && ownTokens(plan, output.cell) !== undefined;
}

/** What is counted with a column of output tokens. */
export function talliedWith(
  plan: Plan,
  column: ColumnIndex,
  outputs: readonly SingleOutput[],
  { layout, memory }: WasmKernel,
): Tallied {
  const tokens = outputs.filter(({ output }) => output.kind === 'column' && output.column === column);
  const cells = outputs.flatMap(({ output, ...counted }): TalliedCell[] => {
    if (output.kind !== 'tps' || ownTokens(plan, output.cell) !== column) return [];
    const { tps, regime } = plan.cells[output.cell];
    if (typeof tps === 'number') return [];
    const of = plan.regimes[regime];
    const fit = fittedTps(tps, plan, of, memory.operations);
    return [{ ...counted, cell: output.cell, fit, lengths: lengthsOf(of, layout) }];
  });
  return { column, tokens, cells };
}
