// Tests of a command stand in test/commands. They run the built command line in a process of its own, through `tokenjoule`; where
// a test has to hand a command its clock, its environment or a signal, it calls the command with `recording()` of surroundings.ts.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const CLI = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));

/** Folder of the shipped scenarios. */
export const SCENARIOS = fileURLToPath(new URL('../scenarios/', import.meta.url));

const PROGRESS = /^.* of .* samples, .* left\n/gm;

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  /** Without the progress lines that a slow machine sees. */
  readonly stderr: string;
}

/** Runs the built command line to its end, `input` on its standard input; `interruptAt` sends SIGINT once stderr matches it. */
export function tokenjoule(
  args: readonly string[],
  options: { cwd?: string; input?: string; interruptAt?: RegExp; env?: Readonly<Record<string, string>> } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      ...(options.cwd && { cwd: options.cwd }),
      ...(options.env && { env: { ...process.env, ...options.env } }),
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
    let [stdout, stderr] = ['', ''];
    let interrupted = false;
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
      if (!interrupted && options.interruptAt?.test(stderr)) interrupted = child.kill('SIGINT');
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr: stderr.replace(PROGRESS, '') }));
  });
}
