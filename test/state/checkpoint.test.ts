// Runs stopped in the middle and continued, states damaged or of other runs, disks that are full or not there. SIGKILL is in
// test/faults. Cannot see a power cut: that needs a disk that forgets what was not synced.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { simulateIn } from '../../src/simulate/simulate.js';
import { checkpointIn } from '../../src/state/checkpoint.js';
import { CheckpointFolder } from '../../src/state/checkpoint-folder.js';
import { checkpointedPool } from '../../src/state/checkpointed.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { builtEngine, builtKernel } from '../built-engine.js';
import { needs } from '../needs.js';
import { countsOf, smallScenario, undisturbed } from '../small-run.js';

const scenario = await smallScenario();
const wasm = await builtEngine();
const expected = await undisturbed(await builtKernel());

let folder: string;
let told: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
  told = [];
});
afterEach(() => rm(folder, { recursive: true }));

interface Setting {
  readonly path?: string;
  readonly resume?: boolean;
  /** The engine; the built WebAssembly one if not given. */
  readonly engine?: Engine;
  /** Ranges after which the run is stopped. */
  readonly stopAfter?: number;
}

/** A run whose clock moves a minute with each look, so that each range is due to be saved. */
async function run(of: ResolvedScenario, { path = folder, resume = false, engine = wasm, stopAfter }: Setting) {
  const tell = (sentence: string) => void told.push(sentence);
  const checkpoint = checkpointIn(new CheckpointFolder(path), of, { kernel: engine.name, resume, tell });
  const stop = new AbortController();
  let now = 0;
  let calls = 0;
  const clock = () => {
    now += 60;
    return now;
  };
  const pool = checkpointedPool(callingThread(engine), { checkpoint, resume, seconds: 1, clock, tell });
  const onProgress = () => {
    if (++calls === stopAfter) stop.abort(new Error('stopped'));
  };
  return simulateIn(pool, of, { signal: stop.signal, onProgress });
}

test(
  'a run stopped anywhere, in either pass and as often as you like, ends in the same counts',
  needs('minutes'),
  async () => {
    for (const stopAfter of [2, 3, 4, 2, 9]) {
      await run(scenario, { resume: true, stopAfter }).catch((error) => expect(error.message).toBe('stopped'));
    }
    expect(countsOf(await run(scenario, { resume: true }))).toBe(expected);
  },
);

test('a resumed run draws only what is missing', async () => {
  await run(scenario, {});
  // One look at the progress of each pass, both whole: nothing is drawn, so nothing is left to stop at the third.
  const counted = await run(scenario, { resume: true, stopAfter: 3 });
  expect(countsOf(counted)).toBe(expected);
});

test('a pass stopped before its first range saves nothing', async () => {
  await expect(run(scenario, { stopAfter: 1 })).rejects.toThrow('stopped');
  expect(await readdir(folder)).toEqual([]);
});

test('two states of each pass are kept, and nothing of them is left once cleared', async () => {
  await run(scenario, {});
  const names = await readdir(folder);
  expect(names.filter((name) => name.startsWith('pass-1'))).toHaveLength(2);
  expect(names.filter((name) => name.startsWith('pass-2'))).toHaveLength(2);
  await new CheckpointFolder(folder).clear();
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
  await mkdir(folder);
});

test.each([
  ['another seed', ['a seed', 'b seed'], 'seed: "a seed" there, "b seed" here'],
  ['more samples', ['1100001', '1200000'], 'samples: 1100001 there, 1200000 here'],
  ['another parameter', ['tps: 900', 'tps: 901'], 'models[1].throughput.tps.parameters.value: 900 there, 901 here'],
] as const)('a state of a run with %s is refused, the difference named', async (_, replace, difference) => {
  await run(scenario, {});
  const message = await run(await smallScenario(replace), { resume: true }).catch(({ message }) => message);
  expect(message).toContain(`is of another run; ${difference}; run without --resume`);
});

test('what one kernel has saved, another refuses to go on from', async () => {
  await run(scenario, { stopAfter: 2 }).catch(() => {});
  const message = await run(scenario, { engine: REFERENCE_ENGINE, resume: true }).catch(({ message }) => message);
  expect(message).toContain('is of another run; kernel: "wasm-simd" there, "reference" here; run without --resume');
  expect(countsOf(await run(scenario, { resume: true }))).toBe(expected);
});

test('a run that does not resume replaces what an earlier one saved, both passes of it', async () => {
  await run(await smallScenario(['a seed', 'b seed']), {});
  await run(scenario, { stopAfter: 3 }).catch(() => {});
  expect((await readdir(folder)).filter((name) => name.startsWith('pass-2'))).toEqual([]);
  expect(countsOf(await run(scenario, { resume: true }))).toBe(expected);
});

async function damage(name: string, change: (bytes: Buffer) => Uint8Array) {
  const file = join(folder, name);
  await writeFile(file, change(await readFile(file)));
}

test('a damaged state is set aside and told of, and the run goes on from the one before', async () => {
  await run(scenario, { stopAfter: 4 }).catch(() => {});
  const [, newest] = (await readdir(folder)).sort();
  await damage(newest, (bytes) => bytes.subarray(0, bytes.length - 5));
  expect(countsOf(await run(scenario, { resume: true }))).toBe(expected);
  expect(told).toEqual([expect.stringContaining(`${newest} does not match its checksum; set aside as `)]);
  expect(await readdir(folder)).toContain(`${newest}.damaged`);
});

test('whatever stands in the place of states, a run that resumes ends in the same counts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      await writeFile(join(folder, 'pass-1.000001.tjstate'), bytes);
      const folderNow = new CheckpointFolder(folder);
      const checkpoint = checkpointIn(folderNow, scenario, {
        kernel: wasm.name,
        resume: true,
        tell: () => {},
      });
      const { planModels } = await import('../../src/plan/plan-models.js');
      expect(await checkpoint.load(planModels(scenario))).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});

test('a folder that cannot be written is told of once, and the run goes on', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(countsOf(await run(scenario, { path: join(folder, 'file', 'under') }))).toBe(expected);
  // Once for each pass.
  expect(told).toHaveLength(2);
  for (const sentence of told) expect(sentence).toMatch(/^no more checkpoints, .*ENOTDIR.*; the run goes on$/);
});

test('a full disk is told of, leaves no half-written state, and the run goes on', async (context) => {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    context.skip('needs the right to mount a tmpfs');
  }
  try {
    expect(countsOf(await run(scenario, { path: join(disk, 'states') }))).toBe(expected);
    expect(told[0]).toMatch(/^no more checkpoints, .*ENOSPC.*; the run goes on$/);
    expect((await readdir(join(disk, 'states'))).filter((name) => name.endsWith('.part'))).toEqual([]);
  } finally {
    execFileSync('umount', [disk]);
  }
});

test('states of another process that still runs are neither replaced nor gone on from; once it is killed they are', async () => {
  const built = fileURLToPath(new URL('../../dist/state/checkpoint-folder.js', import.meta.url));
  const program = `
    import { CheckpointFolder } from ${JSON.stringify(built)};
    const states = new CheckpointFolder(${JSON.stringify(folder)});
    await states.take();
    await states.save(1, Buffer.from('mine'));
    console.log('saved');
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', program]);
  await once(other.stdout, 'data');
  expect(countsOf(await run(scenario, {}))).toBe(expected);
  const why = `process ${other.pid} saves its own in ${folder}`;
  expect(told).toEqual(Array(2).fill(`no more checkpoints, the last one could not be saved (${why}); the run goes on`));
  expect(await readFile(join(folder, 'pass-1.000001.tjstate'), 'utf8')).toBe('mine');
  await expect(run(scenario, { resume: true })).rejects.toThrow(`still goes on, in process ${other.pid}; wait for it`);
  await new CheckpointFolder(folder).clear();
  expect(await readdir(folder)).toHaveLength(2);
  other.kill('SIGKILL');
  await once(other, 'close');
  expect(countsOf(await run(scenario, {}))).toBe(expected);
  await new CheckpointFolder(folder).clear();
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
  await mkdir(folder);
});

test('worlds go to the threads of a run that saves its state, as they go to those of one that does not', () => {
  const runner = { ...callingThread(REFERENCE_ENGINE), runCells: () => Promise.resolve([]) };
  const checkpoint = checkpointIn(new CheckpointFolder(folder), scenario, {
    ...{ kernel: 'reference', resume: false, tell: () => {} },
  });
  const pool = checkpointedPool(runner, { checkpoint, resume: false, seconds: 1, clock: () => 0, tell: () => {} });
  expect(pool.runCells).toBe(runner.runCells);
});
