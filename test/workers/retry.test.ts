// Worker threads that throw, exit or ask for more memory than there is, for real. Cannot see
// a thread that hangs, as nothing times a block, nor the kernel killing the whole process for want of memory.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { handOver } from '../../src/counting/counter.js';
import { emptySketches } from '../../src/counting/empty-sketches.js';
import { runRange } from '../../src/engine/draw-range.js';
import { lastCompiled } from '../../src/engine/last-compiled.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import type { Plan } from '../../src/plan/plan.js';
import { planModels } from '../../src/plan/plan-models.js';
import { loadScenario } from '../../src/scenario/load.js';
import type { SketchesData } from '../../src/sketch/sketches.js';
import { BlockError } from '../../src/workers/block-error.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { openPool } from '../../src/workers/open-pool.js';
import { retryRange } from '../../src/workers/retry.js';
import { builtEngine, builtKernel } from '../built-engine.js';
import { needs } from '../needs.js';
import { bytesOf } from '../sketch/sketch-bytes.js';

const WORKER = new URL('./fixtures/faulty-worker.cjs', import.meta.url);
const plan = planModels(await loadScenario('scenarios/oviedo-2025.yaml', { samples: 600_000 }));
const TASK = { planNumber: 0, plan, engine: REFERENCE_ENGINE.handle };
const never = new AbortController().signal;
const kernel = await builtKernel();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retry-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A worker that fails; threads copy the environment as they start. */
function faulty(fault: string, block: number, times: number): URL {
  vi.stubEnv('FAULT', JSON.stringify({ fault, block, times, count: join(folder, 'c') }));
  return WORKER;
}

async function runWith(workerFile: URL | undefined, workers: number, plan: Plan) {
  const pool = await openPool(workers, workerFile, kernel);
  try {
    return await pool.run(plan, () => {}, never);
  } finally {
    await pool.close();
  }
}

const undisturbed = bytesOf(await runWith(undefined, 0, plan));

test.each(['throw', 'exit', 'memory'])(
  'a thread fault of the moment (%s) costs a retry and not a bit of the result',
  async (fault) => {
    expect(bytesOf(await runWith(faulty(fault, 70, 1), 2, plan))).toEqual(undisturbed);
    expect((await stat(join(folder, 'c'))).size).toBe(1);
  },
);

test('a block that always fails is named by pass and number', needs('minutes'), async () => {
  const error = await runWith(faulty('exit', 70, 1000), 2, plan).catch((error) => error);
  expect(error).toBeInstanceOf(BlockError);
  expect(error).toMatchObject({ pass: 1, block: 70 });
  expect(error.message).toMatch(/^block 70 of pass 1 \(samples 71680 to 72703\) failed, and failed again alone: /);
});

test('halving reaches the block that fails, and no other range is reported', async () => {
  const failing = 37;
  const asked: number[] = [];
  const run = retryRange(
    { ...TASK, range: { firstBlock: 8, blocks: 56 } },
    async (task) => {
      const { firstBlock, blocks } = task.range;
      asked.push(blocks);
      if (firstBlock <= failing && failing < firstBlock + blocks) throw new Error('odd');
      return runRange(task);
    },
    never,
  );
  await expect(run).rejects.toMatchObject({ block: failing, pass: 1 });
  // 56, then halves: at most two runs for each of the log2(56) levels.
  expect(asked.length).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(56)));
});

function countsOf(data: SketchesData): string {
  const sketches = emptySketches(plan);
  sketches.merge(data);
  return bytesOf(sketches);
}

test('a range too large for a thread is run in smaller ones, to the same bytes', needs('minutes'), async () => {
  const range = { firstBlock: 3, blocks: 21 };
  const small = async (task: Parameters<typeof runRange>[0]) => {
    if (task.range.blocks > 4) throw new Error('out of memory');
    return runRange(task);
  };
  const whole = countsOf(await runRange({ ...TASK, range }));
  expect(countsOf(await retryRange({ ...TASK, range }, small, never))).toEqual(whole);
});

test('an abort stops the retries with the reason of the signal', async () => {
  const stop = new AbortController();
  const run = retryRange(
    { ...TASK, range: { firstBlock: 0, blocks: 8 } },
    async () => {
      stop.abort(new Error('enough'));
      throw new Error('odd');
    },
    stop.signal,
  );
  await expect(run).rejects.toThrow('enough');
});

test('a thread that goes on after a failed range counts none of that range', async () => {
  const run = lastCompiled();
  let broken = true;
  let asked = 0;
  // Its samples are asked for at each block: the third time, once, there are none.
  const flaky = new Proxy(plan, {
    get(target, key) {
      if (key === 'samples' && broken && asked++ === 2) throw new Error('odd');
      return Reflect.get(target, key);
    },
  });
  const range = { firstBlock: 0, blocks: 4 };
  await expect(run({ ...TASK, plan: flaky, range }, handOver)).rejects.toThrow('odd');
  broken = false;
  expect(countsOf(await run({ ...TASK, plan: flaky, range }, handOver))).toBe(
    countsOf(await runRange({ ...TASK, range })),
  );
});

test('the calling thread hands each range over once, also where the receiver fails', async () => {
  const engine = await builtEngine();
  let asked = 0;
  const run = callingThread(engine).runAll(
    plan,
    [{ firstBlock: 0, blocks: 4 }],
    () => {
      asked++;
      throw new Error('not today');
    },
    never,
  );
  await expect(run).rejects.toThrow('not today');
  expect(asked).toBe(1);
});

test('counts that the calling thread lends are the same for a receiver that merges them, over many ranges', async () => {
  const engine = await builtEngine();
  const ranges = [0, 4, 8].map((firstBlock) => ({ firstBlock, blocks: 4 }));
  const lent = emptySketches(plan);
  await callingThread(engine).runAll(plan, ranges, (_, counted) => lent.merge(counted), never);
  const merged = emptySketches(plan);
  const run = lastCompiled();
  for (const range of ranges) merged.merge(await run({ ...TASK, engine: engine.handle, range }, handOver));
  expect(bytesOf(lent)).toBe(bytesOf(merged));
});
