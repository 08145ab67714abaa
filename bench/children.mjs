import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
const children = new Set();

/** A process with what it has written to stderr in `text` and its exit status, or the signal that ended it, in `ended`. */
export function start(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  child.text = '';
  child.stderr.on('data', (data) => {
    child.text += data;
  });
  child.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  children.add(child);
  child.ended.then(() => children.delete(child));
  return child;
}

/** The built command line as a process. */
export const tokenjoule = (...args) => start(process.execPath, [CLI, ...args]);

export const hasEnded = ({ exitCode, signalCode }) => exitCode !== null || signalCode !== null;

/** Sends a signal and waits for the end. @returns whether the process was still there */
export async function end(child, signal) {
  if (hasEnded(child)) return false;
  child.kill(signal);
  await child.ended;
  return true;
}

/** SIGKILL for whatever is left. */
export function endAll() {
  for (const child of children) child.kill('SIGKILL');
}
