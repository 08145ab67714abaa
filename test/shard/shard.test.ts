// Array jobs: which part a task counts, and what a merge accepts. Slurm, Kubernetes and AWS Batch themselves are not here:
// their variables are set as their manuals say.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseShard, type Shard, shardBlocks } from '../../src/blocks/shard.js';
import type { Plan } from '../../src/plan/plan.js';
import { planBlends } from '../../src/plan/plan-blends.js';
import { planModels } from '../../src/plan/plan-models.js';
import { blendMembers } from '../../src/plan/stages.js';
import { encodePart, partFiles, partName, scenarioOfParts } from '../../src/shard/parts.js';
import { partsPool } from '../../src/shard/parts-pool.js';
import { simulateIn } from '../../src/simulate/simulate.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { type Pool, poolOn } from '../../src/workers/pool.js';
import { builtEngine, builtKernel } from '../built-engine.js';
import { countsOf, smallScenario, smallSource, undisturbed } from '../small-run.js';

const scenario = await smallScenario();
const engine = await builtEngine();
const expected = await undisturbed(await builtKernel());
const thread = callingThread(engine);
const never = new AbortController().signal;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shards-'));
});
afterEach(() => rm(folder, { recursive: true }));

const countShard = (plan: Plan, shard: Shard) =>
  poolOn(thread, shardBlocks(shard, plan.samples)).run(plan, () => {}, never);

async function writeParts(
  plan: Plan,
  pass: 1 | 2,
  count: number,
  indices: readonly number[],
  of = scenario,
  from = smallSource(),
) {
  for (const index of indices) {
    const bytes = encodePart(
      of,
      from,
      plan,
      thread.engine.name,
      { index, count },
      await countShard(plan, { index, count }),
    );
    await writeFile(join(folder, partName(pass, { index, count })), bytes);
  }
}

const merge = async (pool: Pool = poolOn(thread)) => {
  const files = await partFiles([folder]);
  const { scenario } = await scenarioOfParts(files);
  return simulateIn(partsPool(files, scenario, pool), scenario, {});
};

const noPool: Pool = {
  workers: 0,
  engine,
  run: async () => expect.unreachable('all passes have parts'),
  close: async () => {},
};

test('parts of both passes, made in any order, merge to the counts of an undivided run', async () => {
  await writeParts(planModels(scenario), 1, 3, [2, 3, 1]);
  const models = planModels(scenario);
  const files = await partFiles([folder]);
  const sketches = await partsPool(files, scenario, noPool).run(models, () => {}, never);
  await writeParts(planBlends(scenario, blendMembers(scenario, { plan: models, sketches })), 2, 2, [2, 1]);
  expect(countsOf(await merge(noPool))).toBe(expected);
});

test('with parts of the first pass alone, the merge draws the second', async () => {
  await writeParts(planModels(scenario), 1, 2, [1, 2]);
  expect(countsOf(await merge())).toBe(expected);
});

test('shards are disjoint, complete and of sizes that differ by one at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 200 }), (samples, count) => {
      const shards = Array.from({ length: count }, (_, i) => shardBlocks({ index: i + 1, count }, samples));
      let next = 0;
      for (const { firstBlock, blocks } of shards) {
        expect(firstBlock).toBe(next);
        next += blocks;
      }
      expect(next).toBe(Math.ceil(samples / 1024));
      const sizes = shards.map(({ blocks }) => blocks);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

test('missing parts are listed', async () => {
  await writeParts(planModels(scenario), 1, 5, [1, 4]);
  await expect(merge()).rejects.toThrow('pass 1 lacks 3 of 5 parts: 2, 3, 5; run them, then merge again');
});

test('a part that is there twice is refused', async () => {
  await writeParts(planModels(scenario), 1, 2, [1, 2]);
  await writeFile(
    join(folder, 'pass-1.copy-of-2.tjstate'),
    await readFile(join(folder, partName(1, { index: 2, count: 2 }))),
  );
  await expect(merge()).rejects.toThrow(/is part 2, as is .*; remove one/);
});

test('parts of two divisions are refused', async () => {
  await writeParts(planModels(scenario), 1, 2, [1]);
  await writeParts(planModels(scenario), 1, 3, [3]);
  await expect(merge()).rejects.toThrow('is one of 3 parts, others of 2');
});

test('a part of another run is refused, the difference named', async () => {
  const replace = ['a seed', 'b seed'] as const;
  const other = await smallScenario(replace);
  await writeParts(planModels(scenario), 1, 2, [1]);
  await writeParts(planModels(other), 1, 2, [2], other, smallSource(replace));
  await expect(merge()).rejects.toThrow('is of another run; seed: "b seed" there, "a seed" here');
});

test('a damaged part is named, never merged', async () => {
  await writeParts(planModels(scenario), 1, 1, [1]);
  const file = join(folder, partName(1, { index: 1, count: 1 }));
  const bytes = await readFile(file);
  await writeFile(file, bytes.fill(7, 200, 210));
  await expect(merge()).rejects.toThrow(`${file}: does not match its checksum`);
});

test('whatever stands in the place of a part is refused with its name', async () => {
  const file = join(folder, partName(1, { index: 1, count: 1 }));
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      await writeFile(file, bytes);
      await expect(merge()).rejects.toThrow(`${file}: `);
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['3/16', {}, { index: 3, count: 16 }],
  ['auto/16', { SLURM_ARRAY_TASK_ID: '5', SLURM_ARRAY_TASK_MIN: '1' }, { index: 5, count: 16 }],
  [
    'auto',
    { SLURM_ARRAY_TASK_ID: '0', SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_COUNT: '4' },
    { index: 1, count: 4 },
  ],
  [
    'auto/4',
    { SLURM_ARRAY_TASK_ID: '7', SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_STEP: '2' },
    { index: 4, count: 4 },
  ],
  // Task 7 submitted again alone: Slurm's first task is then 7, and its place in the array says nothing.
  [
    'auto/16',
    { SLURM_ARRAY_TASK_ID: '7', SLURM_ARRAY_TASK_MIN: '7', SLURM_ARRAY_TASK_COUNT: '1' },
    expect.stringContaining('runs in an array of 1 tasks'),
  ],
  ['auto/16', { JOB_COMPLETION_INDEX: '0' }, { index: 1, count: 16 }],
  ['auto/16', { AWS_BATCH_JOB_ARRAY_INDEX: '15' }, { index: 16, count: 16 }],
  ['auto/16', {}, expect.stringContaining('found none of SLURM_ARRAY_TASK_ID')],
  ['auto', { JOB_COMPLETION_INDEX: '0' }, expect.stringContaining('does not say how many')],
  ['17/16', {}, '--shard counts from 1 to 16; found 17'],
  ['0/16', {}, '--shard counts from 1 to 16; found 0'],
  ['1/99999', {}, '--shard takes 1 to 10000 shards; found 99999'],
  ['a/b', {}, '--shard takes K/N, auto/N or auto; found "a/b"'],
])('--shard %s with %o', (text, environment, shard) => {
  expect(parseShard(text, environment)).toEqual(shard);
});
