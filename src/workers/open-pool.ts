import type { Engine } from '../engine/engine.js';
import { type KernelChoice, loadEngine } from '../engine/load-engine.js';
import { callingThread } from './calling-thread.js';
import { requireMemory } from './no-memory.js';
import { type Pool, poolOn } from './pool.js';
import type { RangeRunner } from './range-runner.js';
import { ownThreadEntry } from './thread-pool.js';
import { openThreads } from './threads.js';

/**
 * A pool of worker threads; needs Node.
 *
 * @param workers threads to start; 0 runs in the calling thread
 * @param workerFile the built entry of a thread, a CommonJS module; another one only in tests
 * @param choice the kernel, see `KernelChoice`
 */
export async function openPool(workers: number, workerFile?: URL, choice?: KernelChoice): Promise<Pool> {
  return poolOn(await openRunner(workers, workerFile, choice));
}

/** Where the pool runs its ranges; for pools that do more with them than merge. */
export async function openRunner(workers: number, workerFile?: URL, choice?: KernelChoice): Promise<RangeRunner> {
  return runnerOf(await loadEngine(choice), workers, workerFile);
}

/** As `openRunner`, of an engine that is there. @throws RunError without memory for its kernel */
export async function runnerOf(engine: Engine, workers: number, workerFile?: URL): Promise<RangeRunner> {
  requireMemory(engine);
  return workers > 0 ? openThreads(workers, workerFile ?? ownThreadEntry(), engine) : callingThread(engine);
}
