import { type KernelChoice, loadKernel } from '../kernel/load.js';
import type { BlockRange } from '../plan.js';
import type { SummaryRow } from '../tables/schema.js';
import { callingThreadPool } from './calling-thread.js';
import type { CellTask, RangeResult, RangeTask } from './messages.js';
import { type Pool, poolOn, type Threads } from './pool.js';

/**
 * A pool of worker threads; needs Node.
 *
 * @param workers threads to start; 0 runs in the calling thread
 * @param workerFile the built entry of a thread, a CommonJS module; another one only in tests
 * @param choice the kernel, see `KernelChoice`
 */
export async function openPool(
  workers: number,
  workerFile = new URL('./thread.cjs', import.meta.url),
  choice: KernelChoice = 'auto',
): Promise<Pool> {
  if (workers === 0) return callingThreadPool(choice);
  return poolOn(await openThreads(workers, workerFile), workers, await loadKernel(choice));
}

/** A thread's short-lived objects die at once, so a small space for them costs no time and saves about 40 MB a thread. */
const YOUNG_GENERATION_MB = 4;

async function openThreads(workers: number, workerFile: URL): Promise<Threads> {
  const { Piscina } = await import('piscina');
  const piscina = new Piscina<RangeTask, RangeResult>({
    filename: workerFile.href,
    name: 'range',
    minThreads: workers,
    maxThreads: workers,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  // The same threads: Piscina takes any function of the module by name with each task, which its types cannot say.
  const cells = piscina as unknown as {
    run(task: CellTask, options: { name: string; signal: AbortSignal }): Promise<SummaryRow[]>;
  };
  return {
    run: (task, signal) => piscina.run(task, { signal }),
    runCell: (task, signal) => cells.run(task, { name: 'cell', signal }),
    // One more than there are threads, so that none waits for the calling thread to merge.
    forAll: (ranges, runOne) => severalAtOnce(workers + 1, ranges, runOne),
    close: () => piscina.destroy(),
  };
}

async function severalAtOnce(
  many: number,
  ranges: readonly BlockRange[],
  runOne: (range: BlockRange) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < ranges.length) await runOne(ranges[next++]);
  };
  await Promise.all(Array.from({ length: many }, lane));
}
