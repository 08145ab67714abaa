/// <reference lib="webworker" />
import type { SketchesData } from '../sketch/sketches.js';
import { lastCompiled } from '../workers/last-compiled.js';
import type { Reply, Task } from './messages.js';
import { pairedRatio } from './paired-ratio.js';

const runRange = lastCompiled();

/** One task after the other: a compiled plan's memory is one. */
let before: Promise<void> = Promise.resolve();

self.onmessage = ({ data: task }: MessageEvent<Task>) => {
  before = before.then(() => answer(task));
};

async function answer(task: Task): Promise<void> {
  try {
    const counted = await count(task);
    // The counts' memory is handed over, not copied.
    const buffers = counted.parts.map(({ data: { counts } }) => counts.buffer);
    self.postMessage({ counted } satisfies Reply, buffers);
  } catch (error) {
    self.postMessage({ problem: error instanceof Error ? error.message : String(error) } satisfies Reply);
  }
}

async function count(task: Task): Promise<SketchesData> {
  if (!('ratio' in task)) return runRange(task);
  const data = { ...(await pairedRatio(task.ratio, task.range, task.module)) };
  return { parts: [{ outputs: [0], data }], capped: new Float64Array(0), extrapolated: new Float64Array(0) };
}
