/// <reference lib="webworker" />
import { loadKernel } from '../kernel/load.js';
import { callingThreadPool } from '../workers/calling-thread.js';
import type { Pool } from '../workers/pool.js';
import type { Answer, Request, SideData } from './messages.js';
import { distributionOf, simulateShown } from './outcome.js';
import { pairedRatio } from './paired-ratio.js';
import { scenarioFromData } from './scenario-from-data.js';

/** Samples of the first picture, there at once (about 10 ms of drawing); the rest follow. */
const PREVIEW_SAMPLES = 30_000;

/** How long a slider rests before all samples are drawn: longer than between two events of one that is dragged. */
const REST_MS = 60;

/** The WebAssembly kernel beside the page; where it cannot be fetched or run, the reference draws. */
const pool: Promise<Pool> = fetchKernel()
  .catch(() => 'reference' as const)
  .then(callingThreadPool);

let running = new AbortController();

self.onmessage = async ({ data }: MessageEvent<Request>) => {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    for await (const answer of answersTo(data, signal)) if (!signal.aborted) self.postMessage(answer);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!signal.aborted) self.postMessage({ id: data.id, kind: 'problem', message } satisfies Answer);
  }
};

async function* answersTo(request: Request, signal: AbortSignal): AsyncGenerator<Answer> {
  const { id, kind } = request;
  if (kind === 'scenario') {
    const { side } = request;
    const scenario = await resolved(side);
    for await (const samples of steps(side.samples, signal)) {
      yield {
        id,
        kind,
        samples,
        outcome: await simulateShown(await pool, { ...scenario, samples }, side.subject, signal),
      };
    }
    return;
  }
  const { module } = await pool;
  const [a, b] = await Promise.all([request.a, request.b].map(sideOf));
  for await (const samples of steps(Math.min(request.a.samples, request.b.samples), signal)) {
    yield { id, kind, samples, ratio: distributionOf(await pairedRatio(a, b, samples, module, signal), samples) };
  }
}

async function fetchKernel() {
  const response = await fetch(new URL('kernel.wasm', self.location.href));
  if (!response.ok) return 'reference';
  return (await loadKernel(new Uint8Array(await response.arrayBuffer()))) ?? 'reference';
}

/** A coarse answer at once, and after a rest the whole one. */
async function* steps(samples: number, signal: AbortSignal): AsyncGenerator<number> {
  if (samples > PREVIEW_SAMPLES) {
    yield PREVIEW_SAMPLES;
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    signal.throwIfAborted();
  }
  yield samples;
}

async function sideOf(side: SideData) {
  return { scenario: await resolved(side), members: side.members };
}

function resolved({ scenario, dataset }: SideData) {
  return scenarioFromData(scenario, dataset);
}
