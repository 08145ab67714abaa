/// <reference lib="webworker" />

import { handOver } from '../counting/counter.js';
import { lastCompiled } from '../engine/last-compiled.js';
import { engineOf } from '../engine/load-engine.js';
import type { SketchesData } from '../sketch/sketches.js';
import { copierInto, memoryOf } from '../workers/spare-memory.js';
import type { Reply, Request, Task, WholeRequest } from './messages.js';
import { pairedRatio } from './paired-ratio.js';
import { runWhole, type WholeReply } from './whole-run.js';

/** The page's script as a worker: draws what the page asks for, one task after the other, or a whole run. */
export function serveTasks(): void {
  const count = counting();
  // A compiled plan's memory is one.
  let before: Promise<void> = Promise.resolve();
  self.onmessage = ({ data: request }: MessageEvent<Request | WholeRequest>) => {
    before = before.then(() => ('whole' in request ? answerWhole(request) : answer(request, count)));
  };
}

async function answerWhole({ whole, engine }: WholeRequest): Promise<void> {
  await runWhole(whole, engineOf(engine), (reply: WholeReply) => self.postMessage(reply));
}

async function answer(request: Request, count: ReturnType<typeof counting>): Promise<void> {
  try {
    const counted = await count(request);
    // The counts' memory is handed over, not copied.
    self.postMessage({ counted } satisfies Reply, memoryOf(counted));
  } catch (error) {
    self.postMessage({ problem: messageOf(error) } satisfies Reply);
  }
}

function counting(): (request: Request) => Promise<SketchesData> {
  const runRange = lastCompiled();
  /** What came back, for the counts of the next figure; the paired ratio between two figures needs none. */
  const spare: ArrayBuffer[] = [];
  return async ({ task, spare: back }) => {
    spare.push(...back);
    return 'ratio' in task ? ratioOf(task) : runRange(task, (counter) => handOver(counter, copierInto(spare)));
  };
}

async function ratioOf({ ratio, range, engine }: Extract<Task, { ratio: unknown }>): Promise<SketchesData> {
  const data = { ...(await pairedRatio(ratio, range, engineOf(engine))) };
  return { parts: [{ of: [0], data }] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
