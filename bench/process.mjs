import { fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const NOTHING = fileURLToPath(new URL('./nothing.cjs', import.meta.url));
const CLI = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));

/** Wall seconds of a program as users start it: a process of its own, its output to nowhere. */
function started(program, args) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve((performance.now() - begun) / 1000);
      else reject(new Error(`${program} ${args.join(' ')} ended with status ${status}`));
    });
  });
}

/**
 * Seconds that command lines take from their start to their end, and Node alone, in turn, after two rounds that do not count:
 * the second finds what the first has compiled.
 *
 * @returns for Node alone and for each command line: the times, sorted; and how much longer each was than Node alone in its round
 */
export async function startUps(commands, rounds) {
  const programs = [[NOTHING, []], ...commands.map((args) => [CLI, args])];
  const times = programs.map(() => []);
  for (let round = -2; round < rounds; round++) {
    for (const [i, [program, args]] of programs.entries()) {
      const seconds = await started(program, args);
      if (round >= 0) times[i].push(seconds);
    }
  }
  const sorted = (numbers) => numbers.sort((a, b) => a - b);
  const beyond = times.map((own) => sorted(own.map((seconds, round) => seconds - times[0][round])));
  return times.map((own, i) => ({ seconds: sorted(own), beyond: beyond[i] }));
}

const MEASURED = fileURLToPath(new URL('./measured.mjs', import.meta.url));

/**
 * One run of the built command line in a process of its own: wall seconds, start-up and shut-down included, its CPU seconds
 * and peak memory. */
export function timed(args, program = MEASURED) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    let used = { peak_mib: Number.NaN, cpu_seconds: Number.NaN };
    const child = fork(program, ['tokenjoule', ...args], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.on('message', (message) => {
      used = message;
    });
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve({ seconds: (performance.now() - begun) / 1000, ...used });
      else reject(new Error(`tokenjoule ${args.join(' ')} ended with status ${status}`));
    });
  });
}

/** Several runs after one that does not count: the median, and the lowest and highest. */
export async function repeated(run, runs) {
  await run();
  const results = [];
  for (let i = 0; i < runs; i++) results.push(await run());
  const seconds = results.map((result) => result.seconds).sort((a, b) => a - b);
  return {
    median: seconds[Math.floor(runs / 2)],
    low: seconds[0],
    high: seconds[runs - 1],
    peak_mib: Math.max(...results.map((result) => result.peak_mib)),
  };
}
