import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process that does nothing: what Node alone takes. */
export function bareNode() {
  return timed([], fileURLToPath(new URL('./nothing.mjs', import.meta.url)));
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
