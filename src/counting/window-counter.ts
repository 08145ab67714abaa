import type { WasmKernel } from '../kernel/wasm/wasm-kernel.js';
import type { Plan } from '../plan/plan.js';
import { blendCounting, pathwaysOf } from './blend-counting.js';
import { type Counter, rangeSketches } from './counter.js';
import type { Counting } from './counting.js';
import { outputCounting } from './output-counting.js';
import { isTallied, talliedColumns, talliedWith } from './tallied.js';
import { tokenCounting } from './token-counting.js';
import { TokenTally } from './token-tally.js';
import { Window, windowMemories } from './windows.js';

/** Windows that a plan needs at most. */
export function windowsOf(plan: Plan): number {
  return plan.outputs.length + talliedColumns(plan).length;
}

/**
 * The counter of the WebAssembly kernel: draws go into windows of counts in its memory, in the same pass that finds
 * their extremes; the few that lie outside go to ordinary histograms. Counts are integers, so both together are exact.
 */
export function windowCounter(plan: Plan, kernel: WasmKernel): Counter {
  const memories = windowMemories(kernel.memory.buffer, kernel.room, windowsOf(plan));
  const windows = memories.slice(0, plan.outputs.length).map((memory) => new Window(memory, kernel.memory.operations));
  const tallies = memories.slice(plan.outputs.length).map((memory) => new TokenTally(memory, kernel.memory.operations));
  const countings = countingsOf(plan, kernel, windows, tallies);
  let sketches = rangeSketches(plan);
  let draws = 0;
  return {
    count(n) {
      draws += n;
      for (const counting of countings) counting.count(n, sketches);
    },
    counted() {
      for (const counting of countings) counting.settle?.(sketches);
      const { parts, ...shares } = sketches.toData();
      const inWindows = countings.flatMap((counting) => counting.counted(draws));
      return { ...shares, parts: [...inWindows, ...parts], lent: true };
    },
    clear() {
      sketches = rangeSketches(plan);
      draws = 0;
      for (const window of windows) window.clear();
      for (const tally of tallies) tally.clear();
    },
  };
}

/** Windows are handed out in order; a pathway takes two that follow each other. */
function countingsOf(
  plan: Plan,
  kernel: WasmKernel,
  windows: readonly Window[],
  tallies: readonly TokenTally[],
): Counting[] {
  let next = 0;
  const singles = plan.outputs.flatMap((output, index) =>
    output.kind === 'pathway' ? [] : [{ output, index, window: windows[next++] }],
  );
  const tallied = talliedColumns(plan).map((column, i) =>
    tokenCounting(talliedWith(plan, column, singles, kernel), tallies[i], kernel),
  );
  const others = singles
    .filter(({ output }) => !isTallied(plan, output))
    .map((one) => outputCounting(plan, one, kernel));
  const blends = plan.blends.map((blend, index) => {
    const pathways = pathwaysOf(plan, index).map((found) => ({
      ...found,
      windows: [windows[next++], windows[next++]] as const,
    }));
    return blendCounting(blend, pathways, kernel);
  });
  return [...tallied, ...others, ...blends];
}
