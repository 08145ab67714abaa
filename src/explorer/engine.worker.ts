/// <reference lib="webworker" />
import { loadKernel } from '../kernel/load.js';
import type { KernelModule } from '../kernel/web-assembly.js';
import { scenarioFromText } from '../scenario/from-text.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { simulateHere } from '../simulate.js';
import type { Answer, Request, SideText } from './messages.js';
import { distributionOf, outcomeOf } from './outcome.js';
import { pairedRatio } from './paired-ratio.js';

/** Samples of the first picture, there at once; the rest follow. */
const PREVIEW_SAMPLES = 10_000;

/** The WebAssembly kernel beside the page; where it cannot be fetched or run, the reference gives the same bits. */
const kernel: Promise<KernelModule | 'reference'> = fetchKernel().catch(() => 'reference' as const);

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
    const scenario = await resolved(request.side);
    for (const samples of steps(request.side.samples)) {
      const result = await simulateHere({ ...scenario, samples }, { kernel: await kernel, signal });
      yield { id, kind, samples, outcome: outcomeOf(result, request.side.subject) };
    }
    return;
  }
  const chosen = await kernel;
  const module = chosen === 'reference' ? undefined : chosen;
  const [a, b] = await Promise.all([request.a, request.b].map(sideOf));
  for (const samples of steps(Math.min(request.a.samples, request.b.samples))) {
    yield { id, kind, samples, ratio: distributionOf(await pairedRatio(a, b, samples, module, signal), samples) };
  }
}

async function fetchKernel(): Promise<KernelModule | 'reference'> {
  const response = await fetch(new URL('kernel.wasm', self.location.href));
  if (!response.ok) return 'reference';
  return (await loadKernel(new Uint8Array(await response.arrayBuffer()))) ?? 'reference';
}

function steps(samples: number): number[] {
  return samples > PREVIEW_SAMPLES ? [PREVIEW_SAMPLES, samples] : [samples];
}

async function sideOf(side: SideText) {
  return { scenario: await resolved(side), members: side.members };
}

function resolved({ text, dataset }: SideText): Promise<ResolvedScenario> {
  return scenarioFromText(text, 'scenario', async (name) => ({ name, bytes: new TextEncoder().encode(dataset) }));
}
