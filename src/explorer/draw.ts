import { evenRanges } from '../blocks/block-ranges.js';
import { allBlocks, type BlockRange } from '../blocks/blocks.js';
import { drawRange } from '../engine/draw-range.js';
import type { Engine } from '../engine/engine.js';
import type { Plan } from '../plan/plan.js';
import type { HistogramData } from '../sketch/histogram.js';
import { Sketches } from '../sketch/sketches.js';
import { planNumbers } from '../workers/plan-numbers.js';
import { KeptMemory } from './kept-memory.js';
import type { WebWorkers } from './messages.js';
import type { RatioPlan } from './paired-ratio.js';

/**
 * Draws all samples of a plan and counts them. The counts hold until the next call.
 *
 * @throws RunError if a block fails; the signal's reason, if aborted
 */
export type Draw = (plan: Plan, signal: AbortSignal) => Promise<Sketches>;

/** Draws on the calling thread, all at once: for few samples. */
export function drawHere(engine: Engine): Draw {
  const memory = new KeptMemory();
  const open = engine.opener();
  return async (plan, signal) => {
    const opened = await open(plan);
    const sketches = sketchesIn(memory, plan);
    if (!signal.aborted) drawRange(opened, allBlocks(plan.samples));
    sketches.merge(opened.counter.view());
    opened.giveBack();
    signal.throwIfAborted();
    return sketches;
  };
}

/** Draws in Web Workers. */
export function drawInWorkers(workers: WebWorkers, { handle: engine }: Engine): Draw {
  const memory = new KeptMemory();
  const numberOf = planNumbers();
  return async (plan, signal) => {
    const planNumber = numberOf(plan);
    const tasks = shares(plan.samples, workers.count).map((range) => ({ planNumber, plan, engine, range }));
    const sketches = sketchesIn(memory, plan);
    await workers.runAll(tasks, (counted) => sketches.merge(counted), signal);
    return sketches;
  };
}

/** The paired ratio of two sides over all samples of their plans, in Web Workers. @throws as `Draw` does */
export async function ratioInWorkers(
  workers: WebWorkers,
  { handle: engine }: Engine,
  ratio: RatioPlan,
  signal: AbortSignal,
): Promise<HistogramData> {
  const sketches = new Sketches(1, () => new Uint32Array(0));
  const tasks = shares(ratio.a.samples, workers.count).map((range) => ({ ratio, engine, range }));
  await workers.runAll(tasks, (counted) => sketches.merge(counted), signal);
  return sketches.histograms[0];
}

function sketchesIn(memory: KeptMemory, { counted }: Plan): Sketches {
  memory.clear();
  return new Sketches(counted.length, () => new Uint32Array(0), memory.take);
}

// A share's counts are copied and merged, so there are as few as there are threads; one that is no longer wanted is drawn to
// its end, about 30 ms.
const SMALLEST_SHARE = 32;
const LARGEST_SHARE = 512;

/** A run's blocks in shares, one or more for each thread. */
function shares(samples: number, threads: number): BlockRange[] {
  return evenRanges(allBlocks(samples), threads, SMALLEST_SHARE, LARGEST_SHARE);
}
