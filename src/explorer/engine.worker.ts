/// <reference lib="webworker" />

import { handOver } from '../counting/counter.js';
import { lastCompiled } from '../engine/last-compiled.js';
import { engineOf } from '../engine/load-engine.js';
import type { SketchesData } from '../sketch/sketches.js';
import { copierInto, memoryOf } from '../workers/spare-memory.js';
import type { Reply, Request, Task } from './messages.js';
import { pairedRatio } from './paired-ratio.js';

const runRange = lastCompiled();

/** One task after the other: a compiled plan's memory is one. */
let before: Promise<void> = Promise.resolve();

self.onmessage = ({ data: request }: MessageEvent<Request>) => {
  before = before.then(() => answer(request));
};

/** What came back, for the counts of the next figure; the paired ratio between two figures needs none. */
const spare: ArrayBuffer[] = [];

async function answer({ task, spare: back }: Request): Promise<void> {
  spare.push(...back);
  try {
    const counted = await count(task);
    // The counts' memory is handed over, not copied.
    self.postMessage({ counted } satisfies Reply, memoryOf(counted));
  } catch (error) {
    self.postMessage({ problem: error instanceof Error ? error.message : String(error) } satisfies Reply);
  }
}

async function count(task: Task): Promise<SketchesData> {
  if (!('ratio' in task)) return runRange(task, (counter) => handOver(counter, copierInto(spare)));
  const data = { ...(await pairedRatio(task.ratio, task.range, engineOf(task.engine))) };
  return { parts: [{ of: [0], data }] };
}
