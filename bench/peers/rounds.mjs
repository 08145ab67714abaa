// Whole processes, start-up and shut-down included, one at a time and in turn, so that a machine's moods meet all alike.
import { spawn } from 'node:child_process';

/** Samples, of the number drawn in a whole run, that cost nothing beside the start of a process. */
const few = (samples) => Math.min(1000, Math.ceil(samples / 1000));

/**
 * Each round runs each program twice: with a few samples, which shows its start-up, and with all. The first round does not
 * count: it fills caches, Numba's compiled code among them.
 *
 * @returns one array of rounds `{ startup, whole, perDraw, quantiles }` (s, s, s for each further sample, Wh) for each program
 */
export async function timedRounds(programs, rounds) {
  const results = programs.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, { samples, command, env, quantiles }] of programs.entries()) {
      const startup = await wholeRun(command(few(samples), round + 1), env);
      const whole = await wholeRun(command(samples, round + 1), env);
      if (round === 0) continue;
      const perDraw = (whole.seconds - startup.seconds) / (samples - few(samples));
      const found = quantiles(JSON.parse(whole.stdout));
      results[i].push({ startup: startup.seconds, whole: whole.seconds, perDraw, quantiles: found });
    }
  }
  return results;
}

function wholeRun([file, ...args], env) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr] = [[], []];
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0)
        resolve({ seconds: (performance.now() - begun) / 1000, stdout: Buffer.concat(stdout).toString() });
      else reject(new Error(`${file} ${args.join(' ')} ended with status ${status}:\n${Buffer.concat(stderr)}`));
    });
  });
}
