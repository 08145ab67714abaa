// Runs of the built command line with the processor time that they take: what other processes of the machine disturb least.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
/** What the kernel counts processor time in (Linux, `getconf CLK_TCK`). */
const TICKS_PER_S = 100;

/** The command line as a process of its own. */
export function cli(...args) {
  return spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Processor seconds of a process so far, all its threads together. */
export function cpuSeconds({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}

/**
 * One run to its end: seconds of the whole process, and of all processors that worked for it.
 *
 * @param stop stops it with a signal after so many seconds: `{ signal, after }`; it may have ended before
 */
export async function timedRun(args, stop) {
  const begun = performance.now();
  const child = spawn('/usr/bin/time', ['-q', '-f', '%U %S', process.execPath, CLI, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const timer = stop && setTimeout(() => process.kill(childOf(child), stop.signal), stop.after * 1000);
  const [status] = await once(child, 'close');
  clearTimeout(timer);
  if (status !== 0 && stop === undefined) throw new Error(stderr);
  const [user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall: (performance.now() - begun) / 1000, cpu: user + system };
}

function childOf({ pid }) {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
}
